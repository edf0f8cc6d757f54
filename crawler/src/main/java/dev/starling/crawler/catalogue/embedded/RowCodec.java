package dev.starling.crawler.catalogue.embedded;

import dev.starling.crawler.catalogue.CatalogueEntry;
import dev.starling.crawler.catalogue.CatalogueFile;
import dev.starling.crawler.catalogue.Classification;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Contents;
import dev.starling.crawler.catalogue.Found;
import dev.starling.crawler.catalogue.Sightings;
import dev.starling.crawler.catalogue.SwarmHealth;
import dev.starling.id.Id;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows as bytes. The first byte is the version of the form.
final class RowCodec {

    private static final int VERSION = 1;
    private static final int ABSENT = -1;

    private RowCodec() {}

    static byte[] encode(Row row) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            var entry = row.found().entry();
            out.writeByte(VERSION);
            out.writeBoolean(row.isHidden());
            out.write(entry.infoHash().toBytes());
            out.writeUTF(entry.name());
            writeContents(out, entry.contents());
            out.writeLong(entry.sightings().first().getEpochSecond());
            out.writeLong(entry.sightings().last().getEpochSecond());
            writeClassification(out, row.found().classification());
            writeHistory(out, row.found().history());
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static Row decode(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IOException(
                        "the catalogue was written by another version of Starling: form "
                                + version
                                + ", this one reads "
                                + VERSION);
            }
            boolean isHidden = in.readBoolean();
            var infoHash = readId(in);
            var name = in.readUTF();
            var contents = readContents(in);
            var sightings = new Sightings(readInstant(in), readInstant(in));
            var entry = new CatalogueEntry(infoHash, name, contents, sightings);
            return new Row(new Found(entry, readClassification(in), readHistory(in)), isHidden);
        }
    }

    private static void writeContents(DataOutputStream out, Contents contents) throws IOException {
        out.writeInt(contents.files().size());
        for (CatalogueFile file : contents.files()) {
            out.writeUTF(file.path());
            out.writeLong(file.lengthBytes());
        }
        out.writeInt(contents.fileCount());
        out.writeLong(contents.lengthBytes());
        out.writeInt(contents.pieceLengthBytes());
        out.write(contents.key().toBytes());
        out.writeBoolean(contents.isPrivate());
    }

    private static Contents readContents(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<CatalogueFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(new CatalogueFile(in.readUTF(), in.readLong()));
        }
        return new Contents(
                files, in.readInt(), in.readLong(), in.readInt(), readId(in), in.readBoolean());
    }

    private static void writeClassification(DataOutputStream out, Classification kind)
            throws IOException {
        out.writeUTF(kind.type().word());
        out.writeUTF(kind.title().orElse(""));
        out.writeInt(kind.year().orElse(ABSENT));
        out.writeInt(kind.season().orElse(ABSENT));
        out.writeInt(kind.episode().orElse(ABSENT));
        out.writeUTF(kind.resolution().orElse(""));
        out.writeByte(kind.languages().size());
        for (String language : kind.languages()) {
            out.writeUTF(language);
        }
    }

    private static Classification readClassification(DataInputStream in) throws IOException {
        var type = ContentType.parse(in.readUTF()).orElse(ContentType.DATA);
        var title = text(in);
        var year = number(in);
        var season = number(in);
        var episode = number(in);
        var resolution = text(in);
        int count = in.readByte();
        List<String> languages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            languages.add(in.readUTF());
        }
        return new Classification(type, title, year, season, episode, resolution, languages);
    }

    private static void writeHistory(DataOutputStream out, List<SwarmHealth> history)
            throws IOException {
        out.writeShort(history.size());
        for (SwarmHealth health : history) {
            out.writeInt(health.seeds());
            out.writeInt(health.leechers());
            out.writeInt(health.error());
            out.writeLong(health.measured().getEpochSecond());
        }
    }

    private static List<SwarmHealth> readHistory(DataInputStream in) throws IOException {
        int count = in.readShort();
        List<SwarmHealth> history = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            history.add(new SwarmHealth(in.readInt(), in.readInt(), in.readInt(), readInstant(in)));
        }
        return history;
    }

    private static Optional<String> text(DataInputStream in) throws IOException {
        return Optional.of(in.readUTF()).filter(it -> !it.isEmpty());
    }

    private static Optional<Integer> number(DataInputStream in) throws IOException {
        return Optional.of(in.readInt()).filter(it -> it != ABSENT);
    }

    private static Id readId(DataInputStream in) throws IOException {
        return Id.of(in.readNBytes(Id.LENGTH_BYTES));
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong());
    }
}
