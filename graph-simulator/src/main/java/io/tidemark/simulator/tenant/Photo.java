package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** The photo of a user or group: kept once, told in every size that is not larger. */
public final class Photo {

    /** The type of photos in the schema. */
    public static final String TYPE = "profilePhoto";

    private static final int[] SIZES = {48, 64, 96, 120, 240, 360, 432, 504, 648};

    private Photo() {}

    /** What is told of an image; refuses what is none. */
    public static ObjectNode measured(byte[] image) {
        BufferedImage read = read(image);
        if (read == null) {
            throw GraphRefusal.badQuery("The photo is no image that can be read.");
        }
        return told(read.getWidth(), read.getHeight());
    }

    private static ObjectNode told(int width, int height) {
        return Json.object()
                .put("id", width + "x" + height)
                .put("height", height)
                .put("width", width);
    }

    private static @Nullable BufferedImage read(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** The refusal of a photo that is not there. */
    public static GraphRefusal missing() {
        return new GraphRefusal(
                404,
                "ImageNotFound",
                "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.");
    }

    /** The photo in all its sizes. Call it inside a read or a write of the tenant. */
    static List<Node> sizes(Node owner, Kind kind) {
        List<Node> sizes = new ArrayList<>();
        for (Node photo : owner.targets("photo")) {
            JsonNode content = photo.entity().get("content");
            BufferedImage image = content == null
                    ? null
                    : read(Base64.getDecoder().decode(content.path("bytes").asText()));
            int least = image == null ? 0 : Math.min(image.getWidth(), image.getHeight());
            for (int size : SIZES) {
                if (image != null && size < least) {
                    ObjectNode told = told(size, size);
                    told.putObject("content")
                            .put("type", "image/jpeg")
                            .put("bytes", Base64.getEncoder().encodeToString(scaled(image, size)));
                    sizes.add(new Node(kind, told.path("id").asText(), 0, Entity.of(told)));
                }
            }
            sizes.add(photo);
        }
        return sizes;
    }

    private static byte[] scaled(BufferedImage image, int size) {
        BufferedImage smaller = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = smaller.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, size, size, null);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(smaller, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException("an image cannot be written", e);
        }
        return out.toByteArray();
    }
}
