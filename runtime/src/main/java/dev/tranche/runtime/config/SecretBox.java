package dev.tranche.runtime.config;

import java.nio.file.Path;

/// Encrypts and decrypts configuration values with AES-256-GCM: a value is bound to its path, and names its key.
/// Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class SecretBox {
    private SecretBox() {}

    /// Keys of a file with mode 0600, one `id base64-of-32-bytes` a line; the last line encrypts, all decrypt. A file
    /// that others may read is refused.
    public static SecretBox fromFile(Path file) {
        throw new UnsupportedOperationException();
    }

    /// Keys of the same form from a text, such as the environment variable `TRANCHE_CONFIG_KEYS`.
    public static SecretBox fromText(String text) {
        throw new UnsupportedOperationException();
    }

    /// Without keys: any `!secret` value is refused.
    public static SecretBox none() {
        throw new UnsupportedOperationException();
    }

    /// Writes a new key file with one fresh key.
    public static SecretBox createFile(Path file) {
        throw new UnsupportedOperationException();
    }

    /// The text to write behind `!secret` for `value` at the key `path`.
    public String seal(String path, String value) {
        throw new UnsupportedOperationException();
    }

    /// The value; throws `IllegalArgumentException`, which never shows it, for an unknown key id or a text that was
    /// changed or moved from another path.
    public String open(String path, String sealed) {
        throw new UnsupportedOperationException();
    }
}
