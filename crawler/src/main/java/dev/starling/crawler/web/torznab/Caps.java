package dev.starling.crawler.web.torznab;

import java.util.stream.Stream;

/// `t=caps`: what this indexer can do, which Sonarr reads before anything else.
final class Caps {

    private Caps() {}

    static String xml() {
        var xml = new Xml();
        xml.open("caps").empty("server", "title", "Starling");
        String limit = String.valueOf(TorznabQuery.MAX_LIMIT);
        xml.empty("limits", "default", limit, "max", limit).open("searching");
        for (SearchFunction function : SearchFunction.values()) {
            for (String element : function.elements()) {
                xml.empty(
                        element,
                        "available",
                        "yes",
                        "supportedParams",
                        String.join(",", function.parameters()));
            }
        }
        xml.close().open("categories");
        Stream.of(Category.values())
                .filter(Category::isParent)
                .forEach(parent -> category(parent, xml));
        return xml.end();
    }

    private static void category(Category parent, Xml xml) {
        xml.open("category", "id", String.valueOf(parent.id()), "name", parent.label());
        for (Category child : parent.children()) {
            xml.empty("subcat", "id", String.valueOf(child.id()), "name", child.label());
        }
        xml.close();
    }
}
