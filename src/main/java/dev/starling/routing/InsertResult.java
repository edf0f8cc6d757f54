package dev.starling.routing;

import dev.starling.id.Contact;

/// What became of a contact offered to the table.
public sealed interface InsertResult {

    InsertResult REFRESHED = new Refreshed();
    InsertResult UNVERIFIED = new Unverified();
    InsertResult FULL = new Full();

    record Inserted() implements InsertResult {}

    /// It was there already and is refreshed.
    record Refreshed() implements InsertResult {}

    record Replaced(Contact evicted) implements InsertResult {}

    /// The bucket is full; ping this contact before it may be evicted. The newcomer waits in the
    /// replacement cache.
    record ProbeFirst(Contact questionable) implements InsertResult {}

    /// The newcomer has never answered us. It waits as a candidate, and [RoutingTable#nextToProbe]
    /// names it when there is a place for it.
    record Unverified() implements InsertResult {}

    /// Kept in the replacement cache or dropped; every contact of the bucket is good.
    record Full() implements InsertResult {}

    /// Refused, for example a second contact of one IP or our own id.
    record Refused(String reason) implements InsertResult {}
}
