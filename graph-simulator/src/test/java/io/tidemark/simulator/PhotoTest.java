package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Photos of users and groups are kept, told in several sizes and taken away. */
class PhotoTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private Box box;

    @BeforeEach
    void open() {
        box = Box.open();
    }

    @AfterEach
    void close() {
        box.close();
    }

    private HttpResponse<byte[]> call(String method, String path, byte[] body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(box.simulator.graphUrl() + "/v1.0" + path))
                        .header("Authorization", "Bearer " + box.graph.token())
                        .header("Content-Type", "image/png")
                        .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static byte[] image(int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    @Test
    void aPhotoComesBackAsItWasSent() throws IOException, InterruptedException {
        for (String owner : new String[] {"/users/" + box.user("seen"), "/groups/" + box.group("shown")}) {
            byte[] sent = image(100);
            HttpResponse<byte[]> put = call("PUT", owner + "/photo/$value", sent);
            HttpResponse<byte[]> read = call("GET", owner + "/photo/$value", new byte[0]);

            assertThat(put.statusCode()).as(new String(put.body())).isEqualTo(200);
            assertThat(read.body()).isEqualTo(sent);
            assertThat(read.headers().firstValue("Content-Type")).hasValue("image/png");
            assertThat(box.graph.get(owner + "/photo").body().path("width").asInt())
                    .isEqualTo(100);
            assertThat(box.graph.get(owner + "/photos").body().path("value").findValuesAsText("id"))
                    .containsExactly("48x48", "64x64", "96x96", "100x100");
        }
    }

    @Test
    void aSmallerSizeIsScaledDown() throws IOException, InterruptedException {
        String owner = "/users/" + box.user("seen");
        call("PUT", owner + "/photo/$value", image(100));

        HttpResponse<byte[]> small = call("GET", owner + "/photos/48x48/$value", new byte[0]);

        assertThat(ImageIO.read(new ByteArrayInputStream(small.body())).getWidth())
                .isEqualTo(48);
        assertThat(box.graph.get(owner + "/photos/240x240").status()).isEqualTo(404);
    }

    @Test
    void anotherPhotoTakesThePlaceOfTheFormer() throws IOException, InterruptedException {
        String owner = "/users/" + box.user("seen");
        call("PUT", owner + "/photo/$value", image(100));
        call("PATCH", owner + "/photo/$value", image(50));

        assertThat(box.graph.get(owner + "/photo").body().path("id").asText()).isEqualTo("50x50");
    }

    @Test
    void aPhotoThatIsNotThereIsMissedInGraphsWords() throws IOException, InterruptedException {
        String owner = "/users/" + box.user("unseen");
        assertThat(box.graph.get(owner + "/photo").code()).isEqualTo("ImageNotFound");
        assertThat(box.graph.get(owner + "/photo/$value").status()).isEqualTo(404);
        assertThat(box.graph.get(owner + "/photos").body().path("value")).isEmpty();
        assertThat(call("PUT", owner + "/photo/$value", new byte[] {1, 2, 3}).statusCode())
                .isEqualTo(400);
        call("PUT", owner + "/photo/$value", image(10));

        assertThat(call("DELETE", owner + "/photo/$value", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(box.graph.get(owner + "/photo/$value").code()).isEqualTo("ImageNotFound");
    }
}
