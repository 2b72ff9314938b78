package io.tidemark.graph.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the application proves who it is. No variant shows its secret as text. */
public sealed interface Credential {

    /** A client secret. */
    record Secret(String value) implements Credential {

        public Secret {
            if (value.isBlank()) {
                throw new IllegalArgumentException("the client secret is empty");
            }
        }

        @Override
        public String toString() {
            return "client secret";
        }
    }

    /** A file that holds the client secret, so that another one can take its place while the service runs. */
    record SecretFile(Path file) implements Credential {

        /** The secret that the file holds now. */
        Secret read() {
            try {
                return new Secret(Files.readString(file).strip());
            } catch (IOException e) {
                throw new GraphException(GraphException.Reason.UNAVAILABLE, "the client secret's file cannot be read");
            } catch (IllegalArgumentException e) {
                throw new GraphException(GraphException.Reason.UNAVAILABLE, "the client secret's file is empty");
            }
        }

        @Override
        public String toString() {
            return "client secret of file " + file;
        }
    }

    /** A certificate with its private key: PEM, or PKCS #12 when a password is given. */
    record Certificate(Path file, Optional<String> password) implements Credential {

        @Override
        public String toString() {
            return "certificate " + file;
        }
    }

    /** A token of another identity provider, kept fresh in a file: workload identity. */
    record FederatedToken(Path file) implements Credential {

        @Override
        public String toString() {
            return "federated token " + file;
        }
    }

    /**
     * The one credential among those that could be configured.
     *
     * @throws IllegalArgumentException if none is configured, or more than one
     */
    static Credential exactlyOne(
            Optional<String> clientSecret,
            Optional<Path> certificatePath,
            Optional<String> certificatePassword,
            Optional<Path> federatedTokenFile) {
        return exactlyOne(clientSecret, Optional.empty(), certificatePath, certificatePassword, federatedTokenFile);
    }

    /**
     * The one credential among those that could be configured.
     *
     * @throws IllegalArgumentException if none is configured, or more than one
     */
    static Credential exactlyOne(
            Optional<String> clientSecret,
            Optional<Path> clientSecretFile,
            Optional<Path> certificatePath,
            Optional<String> certificatePassword,
            Optional<Path> federatedTokenFile) {
        List<Credential> configured = new ArrayList<>();
        clientSecret.ifPresent(secret -> configured.add(new Secret(secret)));
        clientSecretFile.ifPresent(path -> configured.add(new SecretFile(path)));
        certificatePath.ifPresent(path -> configured.add(new Certificate(path, certificatePassword)));
        federatedTokenFile.ifPresent(path -> configured.add(new FederatedToken(path)));
        if (configured.size() == 1) {
            return configured.get(0);
        }
        String found = configured.isEmpty()
                ? "none is configured"
                : configured.size() + " are configured: "
                        + String.join(
                                ", ", configured.stream().map(Credential::word).toList());
        throw new IllegalArgumentException(
                "exactly one of client-secret, client-secret-file, certificate-path and federated-token-file must be configured, but "
                        + found);
    }

    private static String word(Credential credential) {
        if (credential instanceof Secret) {
            return "client-secret";
        }
        if (credential instanceof SecretFile) {
            return "client-secret-file";
        }
        return credential instanceof Certificate ? "certificate-path" : "federated-token-file";
    }
}
