package dev.starling.crawler.web.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The two keys of a server: one to read, one to change things. Each has a file in the data folder
/// that nobody else may read, made at the first start.
///
/// @param isNew whether a file was made just now, so that its key should be told, once
public record WebKeys(String read, String admin, boolean isNew) {

    /// 128 bits of randomness, in hexadecimal: Sonarr and its like take letters and digits.
    private static final int KEY_BYTES = 16;

    /// A shorter key could be guessed.
    public static final int MIN_CHARACTERS = 8;

    /// In the data folder.
    public static final String READ_FILE = "web-api.key";

    public static final String ADMIN_FILE = "web-admin.key";

    /// Reads the keys, or makes those that are missing.
    public static WebKeys of(Path data) throws IOException {
        Files.createDirectories(data);
        boolean isReadNew = make(data.resolve(READ_FILE));
        boolean isAdminNew = make(data.resolve(ADMIN_FILE));
        return new WebKeys(
                key(data.resolve(READ_FILE)),
                key(data.resolve(ADMIN_FILE)),
                isReadNew || isAdminNew);
    }

    /// The same with a key of the operator's to read with.
    public WebKeys withRead(String key) {
        return new WebKeys(key, admin, isNew);
    }

    /// Whether this key lets one read; the admin key does too.
    boolean mayRead(String key) {
        return equal(key, read) || equal(key, admin);
    }

    boolean mayChange(String key) {
        return equal(key, admin);
    }

    /// Takes as long whichever character differs.
    private static boolean equal(String given, String expected) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean make(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            Files.createFile(file, onlyOurs());
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.WRITE);
        return true;
    }

    private static FileAttribute<?>[] onlyOurs() {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String key(Path file) throws IOException {
        try {
            String key = Files.readString(file).strip();
            if (key.length() < MIN_CHARACTERS) {
                throw new IOException(
                        file + " holds no key; remove it, and a new one is made at the next start");
            }
            return key;
        } catch (NoSuchFileException e) {
            throw new IOException(file + " has been removed", e);
        }
    }

    /// Keys are not for logs.
    @Override
    public String toString() {
        return "WebKeys";
    }
}
