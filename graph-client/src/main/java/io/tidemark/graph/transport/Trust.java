package io.tidemark.graph.transport;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trust in the authorities of one key store, as the HTTP clients want it. */
record Trust(SSLContext context, X509TrustManager manager) {

    /**
     * Trusts these authorities.
     *
     * @throws IllegalArgumentException if the key store cannot be used
     */
    static Trust of(KeyStore authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    return new Trust(context, x509);
                }
            }
            throw new IllegalArgumentException("the trust store gives no X.509 trust");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the trust store cannot be used", e);
        }
    }
}
