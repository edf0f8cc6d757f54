package dev.starling.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The operating system's files.
final class SystemFiles implements FileAccess {

    static final SystemFiles INSTANCE = new SystemFiles();

    private SystemFiles() {}

    @Override
    public OpenFile open(Path path, Mode mode) throws IOException {
        return new ChannelFile(FileChannel.open(path, options(mode)));
    }

    private static Set<OpenOption> options(Mode mode) {
        return switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case READ_NO_LINK -> Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            case WRITE_EXISTING ->
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS);
            case WRITE_OR_CREATE ->
                    Set.of(
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.SPARSE,
                            LinkOption.NOFOLLOW_LINKS);
        };
    }

    @Override
    public Optional<FileStamp> stamp(Path path, boolean followLinks) throws IOException {
        var options =
                followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
            return attributes.isRegularFile() ? Optional.of(stamp(attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static FileStamp stamp(BasicFileAttributes attributes) {
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime()));
    }

    private record ChannelFile(FileChannel channel) implements OpenFile {

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            return channel.write(from, position);
        }

        @Override
        public void truncate(long lengthBytes) throws IOException {
            channel.truncate(lengthBytes);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
