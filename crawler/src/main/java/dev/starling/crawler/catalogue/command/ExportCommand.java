package dev.starling.crawler.catalogue.command;

import dev.starling.crawler.catalogue.Catalogue;
import dev.starling.crawler.catalogue.EntryJson;
import dev.starling.node.Failure;
import dev.starling.node.GlobalOptions;
import dev.starling.node.Units;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `starling catalogue export`.
@Command(
        name = "export",
        description = "Write everything as JSON lines, one torrent a line, hidden ones too.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling catalogue export torrents.jsonl",
            "  starling catalogue export | gzip > torrents.jsonl.gz"
        })
final class ExportCommand implements Callable<Integer> {

    @Mixin private GlobalOptions options;
    @Mixin private CatalogueOptions catalogue;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to (default: stdout).")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws Failure, IOException {
        try (var opened = catalogue.in(options.data()).read();
                var writer = writer()) {
            long count = export(opened, writer);
            options.output().progress(Units.count(count, "torrent") + " exported");
        }
        return 0;
    }

    private Writer writer() throws IOException {
        return file.isPresent()
                ? Files.newBufferedWriter(file.get())
                : new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    }

    static long export(Catalogue from, Writer to) throws IOException {
        long[] count = {0};
        from.export(found -> {
            to.write(EntryJson.write(found).toJson());
            to.write('\n');
            count[0]++;
            return true;
        });
        to.flush();
        return count[0];
    }
}
