package dev.starling.node;

import java.util.List;

/// A module's contribution to the command line, found through `ServiceLoader`.
///
/// A module that adds commands names its provider in
/// `META-INF/services/dev.starling.node.CommandProvider`.
public interface CommandProvider {

    /// The module's commands: instances of classes annotated with Picocli's `@Command`.
    ///
    /// Called once at every start of the program, so it constructs the commands and does no more.
    List<Object> commands();
}
