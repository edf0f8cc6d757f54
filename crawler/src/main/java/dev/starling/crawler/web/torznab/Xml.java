package dev.starling.crawler.web.torznab;

import dev.starling.metainfo.SafeText;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes a document. Whatever text is given, the document is well-formed: what XML cannot hold is
/// replaced.
final class Xml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter out;

    /// A step of writing; text in memory cannot fail.
    private interface Step {
        void run() throws XMLStreamException;
    }

    Xml() {
        try {
            out = FACTORY.createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML", e);
        }
        run(() -> out.writeStartDocument("UTF-8", "1.0"));
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write XML to memory", e);
        }
    }

    /// @param attributes names and values in turn
    Xml open(String name, String... attributes) {
        run(() -> out.writeStartElement(name));
        return attributes(attributes);
    }

    Xml close() {
        run(out::writeEndElement);
        return this;
    }

    Xml empty(String name, String... attributes) {
        run(() -> out.writeEmptyElement(name));
        return attributes(attributes);
    }

    Xml element(String name, String content, String... attributes) {
        open(name, attributes);
        run(() -> out.writeCharacters(SafeText.of(content)));
        return close();
    }

    private Xml attributes(String... attributes) {
        for (int i = 0; i < attributes.length; i += 2) {
            String name = attributes[i];
            String value = SafeText.of(attributes[i + 1]);
            run(() -> out.writeAttribute(name, value));
        }
        return this;
    }

    /// The document, its elements closed.
    String end() {
        run(out::writeEndDocument);
        run(out::flush);
        return text.toString();
    }
}
