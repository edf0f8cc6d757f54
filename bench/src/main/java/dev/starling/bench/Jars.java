package dev.starling.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Rewrites the classes of jars, in their place; all else in them stays as it is.
final class Jars {

    /// What is done with a class.
    interface Rewriting {
        byte[] rewritten(ClassModel type, byte[] content, ClassFile classFile);
    }

    private Jars() {}

    /// @param jars in one folder of the program, in whose folders all types are found that the JDK
    ///   does not have
    static void rewrite(String[] jars, Rewriting rewriting) throws IOException {
        Map<Path, byte[]> rewritten = new LinkedHashMap<>();
        try (var types = new URLClassLoader(neighbours(Path.of(jars[0])))) {
            var classFile = classFile(types);
            for (var name : jars) {
                var jar = Path.of(name);
                rewritten.put(jar, rewritten(jar, classFile, rewriting));
            }
        }
        for (var jar : rewritten.entrySet()) {
            Files.write(jar.getKey(), jar.getValue());
        }
    }

    private static URL[] neighbours(Path jar) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (var found = Files.walk(jar.resolve("../..").normalize())) {
            for (var file : found.sorted().toList()) {
                if (file.toString().endsWith(".jar")) {
                    urls.add(file.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    static ClassFile classFile(ClassLoader types) {
        return ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(types)
                                .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static byte[] rewritten(Path jar, ClassFile classFile, Rewriting rewriting)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipFile(jar.toFile());
                var out = new ZipOutputStream(bytes)) {
            for (var entry : Collections.list(in.entries())) {
                var content = in.getInputStream(entry).readAllBytes();
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                out.write(
                        entry.getName().endsWith(".class")
                                ? rewriting.rewritten(classFile.parse(content), content, classFile)
                                : content);
            }
        }
        return bytes.toByteArray();
    }
}
