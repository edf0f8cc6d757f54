package dev.starling.runtime;

import dev.starling.id.Id;
import dev.starling.metainfo.InfoDictionary;
import dev.starling.metainfo.InfoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a [DownloadService] keeps what outlives it: for each torrent its metadata and what has
/// been verified. Thread-safe.
final class StateFolder {

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    private final Path folder;

    StateFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path resumeFile(Id infoHash) {
        return folder.resolve(infoHash.hex() + ".resume");
    }

    /// The metadata fetched in an earlier run; empty too if the file is not what it was.
    Optional<InfoDictionary> metadata(Id infoHash) {
        try {
            byte[] encoded = Files.readAllBytes(metadataFile(infoHash));
            return switch (InfoReader.read(encoded, infoHash)) {
                case InfoReader.Loaded(var info) -> Optional.of(info);
                case InfoReader.Refused(var reason) -> {
                    LOG.warn("kept metadata is not used: torrent={} reason={}", infoHash, reason);
                    yield Optional.empty();
                }
            };
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("kept metadata is not read: torrent={} reason={}", infoHash, e.toString());
            return Optional.empty();
        }
    }

    /// Keeps metadata for the next run. Failing to is no harm but the time to fetch it again.
    void saveMetadata(InfoDictionary info) {
        var file = metadataFile(info.infoHash());
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(fresh, info.encoded());
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("metadata is not kept: torrent={} reason={}", info.infoHash(), e.toString());
        }
    }

    private Path metadataFile(Id infoHash) {
        return folder.resolve(infoHash.hex() + ".info");
    }
}
