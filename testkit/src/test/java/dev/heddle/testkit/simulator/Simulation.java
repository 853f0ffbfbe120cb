package dev.heddle.testkit.simulator;

import dev.heddle.schemas.codec.Via;
import dev.heddle.schemas.topic.CanonicalKey;
import dev.heddle.schemas.topic.CanonicalKeys;
import dev.heddle.testkit.invariant.Invariant;
import dev.heddle.testkit.invariant.Rest;
import dev.heddle.testkit.invariant.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run: everybody types while everything goes wrong, then all becomes calm and must come to rest. The same seed
 * gives the same run, event by event. One thread.
 */
public final class Simulation {

    private static final long REST_MS_MAX = 300_000;
    private static final long EVENTS_MAX = 3_000_000;

    private final World world;
    private final List<Group> sequencers = new ArrayList<>();
    private final List<Group> snapshotters = new ArrayList<>();
    private final List<GatewayProcess> gateways = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final List<PlainWriter> writers = new ArrayList<>();
    private final Reading reading;

    private Simulation(Dice dice, SimulationSettings settings, Fault fault, List<Invariant> only,
                       StringBuilder story) {
        List<Invariant> invariants = only != null ? only : Watch.all(settings.limits(), settings.keptVersions(),
            SchemaServer.serdes());
        this.world = new World(dice, settings, fault, new Watch(invariants), story);
        for (int i = 0; i < settings.shards(); i++) {
            int shard = i;
            sequencers.add(new Group(world, "sequencer", (group, disk, generation) -> new SequencerProcess(group, disk,
                generation, shard, sent -> gateways.forEach(gateway -> gateway.pass(sent)))));
            snapshotters.add(new Group(world, "snapshotter",
                (group, disk, generation) -> new SnapshotterProcess(group, disk, generation, shard)));
        }
        this.reading = new Reading(world, snapshotters);
    }

    /**
     * Runs one seed.
     *
     * @param seed the seed
     * @return what happened
     * @throws dev.heddle.testkit.invariant.InvariantBroken where an invariant does not hold
     */
    public static Totals run(long seed) {
        return run(seed, Fault.NONE, null, null);
    }

    /**
     * Runs one seed with a planted bug, or with a story of what happened.
     *
     * @param seed  the seed
     * @param fault the bug
     * @param only  the invariants that are checked, or null for all
     * @param story takes what happened, or null
     * @return what happened
     * @throws dev.heddle.testkit.invariant.InvariantBroken where an invariant does not hold
     */
    public static Totals run(long seed, Fault fault, List<Invariant> only, StringBuilder story) {
        Dice dice = new Dice(seed);
        Simulation simulation = new Simulation(dice, SimulationSettings.draw(dice), fault, only, story);
        return simulation.run();
    }

    private Totals run() {
        SimulationSettings settings = world.settings;
        world.note("run", settings);
        sequencers.forEach(Group::start);
        snapshotters.forEach(Group::start);
        for (int i = 0; i < settings.gateways(); i++) {
            gateways.add(new GatewayProcess(world, "gateway " + i + " #1", reading));
        }
        for (int i = 0; i < settings.clients(); i++) {
            clients.add(new SimulatedClient(world, "client" + i, world.dice.one(world.workspaces), this::someGateway));
        }
        for (int i = 0; i < settings.writers(); i++) {
            writers.add(new PlainWriter(world, world.dice.one(world.workspaces)));
        }
        clients.forEach(SimulatedClient::start);
        writers.forEach(PlainWriter::start);
        new Trouble(world, sequencers, snapshotters, this::restartGateway, writers.isEmpty()).start();
        long untilMs = Timeline.START_MS + settings.typingMs();
        while (world.timeline.nowMs() < untilMs) {
            step();
        }
        becomeCalm();
        List<String> waiting = comeToRest();
        world.watching(() -> world.watch.atRest(rest(waiting)));
        count();
        return world.totals;
    }

    private void step() {
        if (!world.timeline.step() || world.timeline.happened() > EVENTS_MAX) {
            throw new IllegalStateException("events: " + world.timeline.happened() + " (expected: at least one more, "
                + "at most " + EVENTS_MAX + ")");
        }
        world.checkUnbroken();
    }

    private GatewayProcess someGateway() {
        GatewayProcess chosen = world.dice.one(gateways);
        return chosen.alive() ? chosen : null;
    }

    private void restartGateway() {
        int which = world.dice.below(gateways.size());
        GatewayProcess gateway = gateways.get(which);
        if (gateway.alive()) {
            gateway.die();
            world.timeline.after(world.dice.delayMs(300, 3_000), () -> gateways.set(which, new GatewayProcess(world,
                "gateway " + which + " #" + world.totals.of("gateway crashes"), reading)));
        }
    }

    private void becomeCalm() {
        world.note("run", "becomes calm");
        world.becomeCalm();
        for (Group group : all()) {
            group.becomeCalm();
        }
    }

    private List<Group> all() {
        List<Group> all = new ArrayList<>(sequencers);
        all.addAll(snapshotters);
        return all;
    }

    private List<String> comeToRest() {
        long untilMs = world.timeline.nowMs() + REST_MS_MAX;
        long restingSinceMs = -1;
        while (world.timeline.nowMs() < untilMs) {
            step();
            boolean resting = world.timeline.happened() % 16 != 0 ? restingSinceMs >= 0 : waiting().isEmpty();
            restingSinceMs = !resting ? -1 : restingSinceMs < 0 ? world.timeline.nowMs() : restingSinceMs;
            // Long enough for the last snapshots to be written and the log to be trimmed behind them.
            if (restingSinceMs >= 0 && world.timeline.nowMs() - restingSinceMs > 3_000) {
                List<String> waiting = waiting();
                if (waiting.isEmpty()) {
                    return waiting;
                }
                restingSinceMs = -1;
            }
        }
        return waiting();
    }

    private List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        for (Group group : all()) {
            if (!group.atRest()) {
                waiting.add(group.toString());
            }
        }
        for (GatewayProcess gateway : gateways) {
            if (!gateway.alive() || !gateway.atRest()) {
                waiting.add(gateway + " is busy");
            }
        }
        if (!writers.stream().allMatch(PlainWriter::atRest)) {
            waiting.add("a writer is sending");
        }
        for (SimulatedClient client : clients) {
            String missing = client.waitingFor();
            if (missing != null) {
                waiting.add(missing);
            } else if (!client.sawEverything()) {
                waiting.add(client.view().client() + " has not seen everything");
            }
        }
        return waiting;
    }

    private Rest rest(List<String> waiting) {
        Map<String, List<Rest.RawRecord>> raw = new TreeMap<>();
        Map<String, SortedMap<Long, byte[]>> kept = new TreeMap<>();
        Map<String, Rest.Reads> reads = new TreeMap<>();
        for (String workspace : world.workspaces) {
            byte[] key = workspace.getBytes(StandardCharsets.UTF_8);
            raw.put(workspace, world.rawLog(workspace).left().stream()
                .filter(entry -> Arrays.equals(key, entry.key()))
                .map(entry -> new Rest.RawRecord(entry.offset(), entry.timeMs(), entry.value(),
                    Via.UNSIGNED.of(entry.topic(), entry.via(), entry.value()))).toList());
            kept.put(workspace, new TreeMap<>());
            SnapshotterProcess owner = (SnapshotterProcess) snapshotters.get(world.shardOf(workspace)).owner();
            if (owner != null && owner.shard() != null) {
                reads.put(workspace, new ReadsOfShard(owner.shard(), workspace));
            }
        }
        for (Partition partition : world.canonical) {
            partition.compact(partition.end(), 0);
            for (Partition.Entry entry : partition.left()) {
                CanonicalKey key = CanonicalKeys.parse(new String(entry.key(), StandardCharsets.UTF_8));
                if (entry.value() != null) {
                    kept.get(key.workspace()).put(key.version(), entry.value());
                }
            }
        }
        return new Rest(clients.stream().map(SimulatedClient::view).toList(), raw, kept, reads, waiting);
    }

    private void count() {
        world.totals.count("seeds");
        world.totals.count("events", world.timeline.happened());
        for (int shard = 0; shard < world.settings.shards(); shard++) {
            world.rawLogsOf(shard).values().forEach(log -> world.totals.count("raw records", log.end()));
        }
        for (String workspace : world.workspaces) {
            world.totals.count("versions", world.watch.chronicle().versions(workspace));
        }
        world.totals.count("canonical repeats", world.totals.of("canonical records") - world.totals.of("versions"));
    }

}
