package dev.starling.id;

/// A node as another knows it: its id and where it is reached.
public record Contact(Id id, Endpoint endpoint) {

    @Override
    public String toString() {
        return id + "@" + endpoint;
    }
}
