package dev.starling.node;

import dev.starling.item.SecretKey;
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
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// The keys that sign what a person publishes, a file each in the data folder, readable by nobody
/// else.
final class KeyFolder {

    /// The key used where none is named.
    static final String DEFAULT = "default";

    private static final String SUFFIX = ".key";

    private final Path folder;

    KeyFolder(Path data) {
        folder = data.resolve("keys");
    }

    /// @throws Failure if there is no key of this name or its file holds none
    SecretKey read(String name) throws Failure, IOException {
        return find(name)
                .orElseThrow(() ->
                        new Failure(
                                "there is no key '" + name + "'",
                                "starling key new " + name + " makes one."));
    }

    Optional<SecretKey> find(String name) throws Failure, IOException {
        try {
            String text = Files.readString(file(name), StandardCharsets.US_ASCII).strip();
            var key = SecretKey.parseHex(text);
            if (key.isEmpty()) {
                throw new Failure(file(name) + " holds no key", "Move it away.");
            }
            return key;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    SecretKey findOrMake(String name, Output output) throws Failure, IOException {
        var found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        var made = make(name);
        output.progress("made the key '" + name + "' in " + file(name) + "; keep a copy of it");
        return made;
    }

    SecretKey make(String name) throws Failure, IOException {
        var key = SecretKey.random(new SecureRandom());
        save(name, key);
        return key;
    }

    /// Never writes over a key: whoever loses one can never again change what it has signed.
    void save(String name, SecretKey key) throws Failure, IOException {
        Files.createDirectories(folder, permissions("rwx------"));
        byte[] line = (key.bytes().hex() + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Files.createFile(file(name), permissions("rw-------"));
            Files.write(file(name), line, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new Failure("there is a key '" + name + "' already", "Choose another name.", e);
        }
    }

    List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    private Path file(String name) throws Failure {
        if (!name.matches("[\\w][\\w.-]{0,99}")) {
            throw new Failure(
                    "'" + name + "' is no name for a key", "Use letters, digits, - and _.");
        }
        return folder.resolve(name + SUFFIX);
    }

    private static FileAttribute<?>[] permissions(String text) {
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
                }
                : new FileAttribute<?>[0];
    }
}
