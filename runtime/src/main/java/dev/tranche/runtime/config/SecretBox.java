package dev.tranche.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts and decrypts configuration values with AES-256-GCM: a value is bound to its path, and names its
/// key. Thread-safe.
///
/// A sealed text is `v1:KEY:BYTES`, where BYTES is base64url of a random 12-byte nonce, the ciphertext and
/// the 16-byte tag; the additional data is `tranche-config:` and the path (NIST SP 800-38D).
public final class SecretBox {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Pattern KEY_ID = Pattern.compile("[a-zA-Z0-9_-]{1,32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, SecretKey> keys;
    private final String sealingKey;

    private SecretBox(Map<String, SecretKey> keys, String sealingKey) {
        this.keys = Map.copyOf(keys);
        this.sealingKey = sealingKey;
    }

    /// Keys of a file with mode 0600, one `id base64-of-32-bytes` a line; the last line encrypts, all
    /// decrypt. A file that others may read is refused.
    public static SecretBox fromFile(Path file) {
        try {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
            for (PosixFilePermission permission : granted) {
                if (!permission.name().startsWith("OWNER")) {
                    throw new IllegalArgumentException("a key file is for its owner alone, mode 0600: " + file + " has "
                            + PosixFilePermissions.toString(granted));
                }
            }
            return fromText(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key file " + file, e);
        }
    }

    /// Keys of the same form from a text, such as the environment variable `TRANCHE_CONFIG_KEYS`.
    public static SecretBox fromText(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        String last = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.strip().split("\\s+", -1);
            byte[] key = parts.length == 2 && KEY_ID.matcher(parts[0]).matches() ? decoded(parts[1]) : new byte[0];
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException(
                        "line " + number + " of the keys must be an id of a-z, 0-9, _ and -, and base64 of 32 bytes");
            }
            last = parts[0];
            if (keys.put(last, new SecretKeySpec(key, "AES")) != null) {
                throw new IllegalArgumentException("key ids differ: " + last);
            }
        }
        return new SecretBox(keys, last);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // the caller says what is wanted, without showing what was given
        }
    }

    /// Without keys: any `!secret` value is refused.
    public static SecretBox none() {
        return new SecretBox(Map.of(), "");
    }

    /// Writes a new key file with one fresh key, mode 0600; refuses to replace one.
    public static SecretBox createFile(Path file) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "k1 " + Base64.getEncoder().encodeToString(key) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the key file " + file, e);
        }
        return fromFile(file);
    }

    /// The text to write behind `!secret` for `value` at the key `path`.
    public String seal(String path, String value) {
        SecretKey key = keys.get(sealingKey);
        if (key == null) {
            throw new IllegalArgumentException("no key to encrypt with: give a key file or TRANCHE_CONFIG_KEYS");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, key, nonce, path, value.getBytes(StandardCharsets.UTF_8));
        byte[] joined = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return "v1:" + sealingKey + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(joined);
    }

    /// The value; throws `IllegalArgumentException`, which never shows it, for an unknown key id or a text
    /// that was changed or moved from another path.
    public String open(String path, String sealed) {
        String[] parts = sealed.strip().split(":", -1);
        if (parts.length != 3
                || !parts[0].equals("v1")
                || !KEY_ID.matcher(parts[1]).matches()) {
            throw new IllegalArgumentException("a secret is written v1:KEY:BYTES");
        }
        SecretKey key = keys.get(parts[1]);
        if (key == null) {
            throw new IllegalArgumentException(
                    "a secret is encrypted with the key " + parts[1] + ", which is not here");
        }
        byte[] joined;
        try {
            joined = Base64.getUrlDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret's bytes are base64url", e);
        }
        if (joined.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("a secret has at least 28 bytes: " + joined.length);
        }
        byte[] nonce = java.util.Arrays.copyOf(joined, NONCE_BYTES);
        byte[] body = java.util.Arrays.copyOfRange(joined, NONCE_BYTES, joined.length);
        return new String(apply(Cipher.DECRYPT_MODE, key, nonce, path, body), StandardCharsets.UTF_8);
    }

    private static byte[] apply(int mode, SecretKey key, byte[] nonce, String path, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(("tranche-config:" + path).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a secret does not open: it was changed, or sealed for another path", e);
        }
    }
}
