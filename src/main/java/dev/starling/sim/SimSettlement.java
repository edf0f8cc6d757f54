package dev.starling.sim;

import dev.starling.id.Contact;
import dev.starling.id.Id;
import dev.starling.sim.SimAdversary.Conduct;
import dev.starling.sim.SimConverged.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Peoples a world with honest nodes and whatever its faults demand.
final class SimSettlement {

    private final SimWorld world;
    private final SimNursery nursery;
    private final SimFaults faults;
    private final RandomGenerator random;

    SimSettlement(SimWorld world, SimNursery nursery, SimFaults faults, RandomGenerator random) {
        this.world = world;
        this.nursery = nursery;
        this.faults = faults;
        this.random = random;
    }

    /// Makes `count` nodes that know each other, adversaries among them, and `target`'s sybils
    /// besides; then lets the faults begin.
    void converged(int count, Id target) {
        int liars = share(SimFault.LIARS, count);
        int hostile = share(SimFault.HOSTILE, count);
        var others = new ArrayList<Contact>();
        addAdversaries(liars, Conduct.LIES, others);
        addAdversaries(hostile, Conduct.SENDS_GARBAGE, others);
        others.addAll(sybils(target));
        int honest = Math.max(2, count - liars - hostile);
        var plan = new SimConverged.Plan(honest, Tables.JOINED, faults.of(SimFault.STALE), others);
        world.converged(plan);
        begin();
    }

    /// Lets nodes join one by one, then makes adversaries of as many as the faults demand.
    void joining(int count) {
        world.join(count);
        takeOver(share(SimFault.LIARS, count), Conduct.LIES);
        takeOver(share(SimFault.HOSTILE, count), Conduct.SENDS_GARBAGE);
        begin();
    }

    private void begin() {
        world.silent(faults.of(SimFault.SILENT));
        int natted = share(SimFault.NAT, world.size());
        for (int i = 0; i < natted; i++) {
            world.network().behindNat(world.anyNode().endpoint());
        }
        faults.sessions().ifPresent(world::churning);
        if (faults.of(SimFault.SPOOFED) > 0) {
            new SimForger(world, random, faults.of(SimFault.SPOOFED)).begin();
        }
    }

    private void addAdversaries(int count, Conduct conduct, List<Contact> known) {
        for (int i = 0; i < count; i++) {
            var contact = nursery.contact();
            known.add(contact);
            new SimAdversary(contact, conduct, List.of(), world);
        }
    }

    private void takeOver(int count, Conduct conduct) {
        for (int i = 0; i < count; i++) {
            var victim = world.anyNode();
            world.remove(victim);
            new SimAdversary(victim.contact(), conduct, List.of(), world);
        }
    }

    /// Ids chosen beside the target, which addresses do not allow (BEP 42).
    private List<Contact> sybils(Id target) {
        int count = (int) faults.of(SimFault.SYBILS);
        var sybils = new ArrayList<Contact>(count);
        for (int i = 0; i < count; i++) {
            int sharedBits = 24 + random.nextInt(72);
            var id = target.prefixed(sharedBits, Id.random(random));
            var contact = new Contact(id, nursery.contact().endpoint());
            world.watch().exists(contact);
            sybils.add(contact);
        }
        var party = List.copyOf(sybils);
        party.forEach(each -> new SimAdversary(each, Conduct.NAMES_ACCOMPLICES, party, world));
        return party;
    }

    private int share(SimFault fault, int count) {
        return (int) Math.round(faults.of(fault) * count);
    }
}
