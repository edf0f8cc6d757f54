package dev.starling.node;

import dev.starling.item.SecretKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `starling key`: the keys that sign what is published.
@Command(
        name = "key",
        description = "Make, list, export and import the keys that sign what you publish.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  starling key new holidays",
            "  starling key list",
            "  starling key export holidays > holidays.key       (keep it secret)",
            "  starling key import holidays holidays.key"
        })
final class KeyCommand {

    @Command(
            name = "new",
            description = "Make a key.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  starling key new holidays")
    int make(
            @Mixin GlobalOptions options,
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name)
            throws Failure, IOException {
        print(name, folder(options).make(name), options.output());
        return 0;
    }

    @Command(
            name = "list",
            description = "List the keys by name, with the public half of each.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  starling key list")
    int list(@Mixin GlobalOptions options) throws Failure, IOException {
        var keys = folder(options);
        for (String name : keys.names()) {
            print(name, keys.read(name), options.output());
        }
        return 0;
    }

    @Command(
            name = "export",
            description = "Print the secret half of a key.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  starling key export holidays > holidays.key")
    int export(
            @Mixin GlobalOptions options,
            @Parameters(paramLabel = "NAME", description = "Which key.") String name)
            throws Failure, IOException {
        var key = folder(options).read(name);
        var output = options.output();
        output.event(
                Event.of("key")
                        .text("name", name)
                        .text("publicKey", key.publicKey().hex())
                        .text("secretKey", key.bytes().hex()));
        output.result(key.bytes().hex());
        return 0;
    }

    @Command(
            name = "import",
            description = "Keep a key made elsewhere, as 64 or 128 hexadecimal digits.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {
                "  starling key import holidays holidays.key",
                "  starling key import holidays < holidays.key",
                "",
                "64 digits are a seed (RFC 8032), 128 the expanded form that libtorrent saves."
            })
    int take(
            @Mixin GlobalOptions options,
            @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "Where it is (default: standard input).")
                    Optional<Path> file)
            throws Failure, IOException {
        String text = file.isPresent() ? Files.readString(file.get()) : firstLine();
        var key =
                SecretKey.parseHex(text.strip())
                        .orElseThrow(() ->
                                new Failure(
                                        "this is no key",
                                        "A key is 64 or 128 hexadecimal digits."));
        folder(options).save(name, key);
        print(name, key, options.output());
        return 0;
    }

    private static String firstLine() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        return line == null ? "" : line;
    }

    private static void print(String name, SecretKey key, Output output) {
        String hex = key.publicKey().hex();
        output.event(Event.of("key").text("name", name).text("publicKey", hex));
        output.result(hex + "  " + name);
    }

    private static KeyFolder folder(GlobalOptions options) {
        return new KeyFolder(options.data());
    }
}
