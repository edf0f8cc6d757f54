package dev.starling.crawler.web.api;

import dev.starling.crawler.catalogue.AuditLine;
import dev.starling.crawler.catalogue.Block;
import dev.starling.crawler.catalogue.BlockRule;
import dev.starling.crawler.catalogue.Blocks;
import dev.starling.crawler.catalogue.ContentType;
import dev.starling.crawler.catalogue.Filters;
import dev.starling.crawler.catalogue.QueryText;
import dev.starling.crawler.catalogue.Range;
import dev.starling.crawler.catalogue.RuleText;
import dev.starling.crawler.web.http.Refused;
import dev.starling.id.Id;
import dev.starling.node.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Blocks as JSON: `{"infoHash": ...}`, `{"word": ...}`, a filter of `query`, `types`,
/// `extensions`, `minSize` and `maxSize`, or any rule as [RuleText] writes it. A block that is
/// listed has its rule in that form too, so that whatever there is can be lifted.
final class BlockJson {

    private BlockJson() {}

    static BlockRule rule(JsonBody body) throws Refused {
        var infoHash = body.text("infoHash");
        var word = body.text("word");
        boolean hasFilter =
                List.of("query", "types", "extensions", "minSize", "maxSize").stream()
                        .anyMatch(body::has);
        var rule = body.text("rule");
        long ways =
                Stream.of(infoHash.isPresent(), word.isPresent(), rule.isPresent(), hasFilter)
                        .filter(way -> way)
                        .count();
        if (ways != 1) {
            throw new Refused(
                    400, "A block names an infoHash, a word, a query with filters, or a rule.");
        }
        if (infoHash.isPresent()) {
            return new BlockRule.Hash(
                    Id.parseHex(infoHash.get())
                            .orElseThrow(() ->
                                    Refused.badParameter(
                                            "infoHash", infoHash.get(), "40 hexadecimal digits")));
        }
        try {
            if (rule.isPresent()) {
                return RuleText.parse(rule.get());
            }
            return word.isPresent() ? new BlockRule.Word(word.get()) : filtered(body);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, String.valueOf(e.getMessage()));
        }
    }

    private static BlockRule filtered(JsonBody body) throws Refused {
        List<ContentType> types = new ArrayList<>();
        for (String type : body.texts("types")) {
            types.add(
                    ContentType.parse(type)
                            .orElseThrow(() -> Refused.badParameter("types", type, "known types")));
        }
        var length =
                new Range(
                        body.number("minSize").orElse(0L),
                        body.number("maxSize").orElse(Long.MAX_VALUE));
        return new BlockRule.Rule(
                QueryText.parse(body.text("query").orElse("")),
                Filters.NONE
                        .withTypes(types)
                        .withExtensions(body.texts("extensions"))
                        .withLengthBytes(length));
    }

    static Blocks.Note note(JsonBody body) throws Refused {
        return new Blocks.Note(
                body.text("who").orElse("api"),
                body.text("why")
                        .filter(why -> !why.isBlank())
                        .orElseThrow(() -> new Refused(400, "Say why; the audit log keeps it.")));
    }

    static Event block(Block block) {
        return add(block.rule(), Event.part())
                .text("since", block.since().toString())
                .text("who", block.note().who())
                .text("why", block.note().why());
    }

    static Event audit(AuditLine line) {
        var json =
                Event.part()
                        .text("when", line.when().toString())
                        .text("action", line.action().name().toLowerCase(Locale.ROOT));
        return add(line.rule(), json)
                .number("torrents", line.torrents())
                .text("who", line.note().who())
                .text("why", line.note().why());
    }

    private static Event add(BlockRule rule, Event json) {
        json.text("rule", RuleText.write(rule));
        return switch (rule) {
            case BlockRule.Hash(var infoHash) -> json.text("infoHash", infoHash.hex());
            case BlockRule.Word(var word) -> json.text("word", word);
            case BlockRule.Rule(var terms, var filters) -> {
                json.text("query", QueryText.write(terms))
                        .texts("types", filters.types().stream().map(ContentType::word).toList())
                        .texts("extensions", List.copyOf(filters.extensions()));
                bound(filters.lengthBytes().least(), 0)
                        .ifPresent(least -> json.number("minSize", least));
                bound(filters.lengthBytes().most(), Long.MAX_VALUE)
                        .ifPresent(most -> json.number("maxSize", most));
                yield json;
            }
        };
    }

    private static Optional<Long> bound(long value, long none) {
        return value == none ? Optional.empty() : Optional.of(value);
    }
}
