package dev.tranche.engine.venue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The key of an account at a venue. What it is written as never holds the secret.
public final class Credentials {
    private final String key;
    private final String secret;

    private Credentials(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    /// @throws IllegalArgumentException when one of the two is blank
    public static Credentials of(String key, String secret) {
        if (key.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("a venue's key and secret may not be blank: key "
                    + (key.isBlank() ? "blank" : "given") + ", secret " + (secret.isBlank() ? "blank" : "given"));
        }
        return new Credentials(key, secret);
    }

    /// What the venue knows us by; not secret, and still not for logs.
    String key() {
        return key;
    }

    String secret() {
        return secret;
    }

    /// HMAC-SHA256 of `text` under the secret, in lower-case hexadecimal digits.
    String signature(String text) {
        return HexFormat.of().formatHex(mac().doFinal(text.getBytes(UTF_8)));
    }

    /// A signer of one thread's own.
    Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
