package dev.kingpin.plan;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plays a plan on a cluster in virtual time.
 *
 * <p>Workers load their rows, each over its own link from a source that they share, and begin. A
 * stage ends when nothing is left to happen. A stage of a single cut group, of which data
 * parallelism makes as many as there are groups, is worked out without playing it: its steps are
 * all alike.
 *
 * <p>On one machine there is no link to wait for: rows are packed group by group where the table
 * lies, and unpacked by the workers, both at the cost of its cores. A group begins when all its
 * rows are there and the stages before are over.
 */
public final class Simulator {
  private final Cluster cluster;
  private final Demands groups;
  private final Clock clock = new Clock();
  private final Links links;
  private final SharedCores cores;
  private final List<Station> stations = new ArrayList<>();
  private final double limit;
  private long syncs;

  private Simulator(Demands groups, Cluster cluster, double limit) {
    this.groups = groups;
    this.limit = limit;
    this.cluster = cluster;
    links = new Links(cluster, clock);
    cores = new SharedCores(cluster.cores());
    for (double speed : cluster.speeds()) {
      stations.add(new Station(clock, cores, speed, false));
    }
  }

  /** Plays stages on a cluster. */
  public static Simulation run(List<Stage> stages, Demands groups, Cluster cluster) {
    return run(stages, groups, cluster, Double.POSITIVE_INFINITY);
  }

  /** Plays stages on a cluster, and stops when it has taken longer than so many seconds. */
  static Simulation run(List<Stage> stages, Demands groups, Cluster cluster, double limit) {
    return new Simulator(groups, cluster, limit).play(stages);
  }

  private Simulation play(List<Stage> stages) {
    Footprint footprint = Footprint.of(stages, groups, cluster.size());
    double loaded =
        cluster.isOneMachine() ? playTogether(stages) : playApart(stages, footprint.rows());
    return new Simulation(
        clock.now(),
        loaded,
        footprint.rowBytes(),
        links.bytes(),
        links.messages(),
        syncs,
        stations.stream().mapToDouble(Station::busySeconds).toArray(),
        footprint.peak());
  }

  private double playTogether(List<Stage> stages) {
    OneMachine machine = new OneMachine(this, groups, new Station(clock, cores, 1, true));
    machine.load(stages);
    clock.run(limit);
    return machine.loaded();
  }

  /**
   * @param rows (workers) bytes
   * @return when the last of them are there
   */
  private double playApart(List<Stage> stages, double[] rows) {
    double[] loaded = Loading.seconds(rows, cluster.network());
    for (int i = 0; i < stages.size() && clock.now() <= limit; i++) {
      play(stages.get(i), loaded);
    }
    return Arrays.stream(loaded).max().orElse(0);
  }

  /**
   * @param from (workers): when each of them may begin
   */
  private void play(Stage stage, double[] from) {
    if (stage.groups().size() == 1) {
      Stage.Placed only = stage.groups().get(0);
      if (Solo.canPlay(only.placement(), groups.of(only.group()), cluster)) {
        clock.pass(Math.max(0, latest(only.placement(), from) - clock.now()));
        clock.pass(new Solo(this, cluster, groups.of(only.group())).play(only.placement()));
        return;
      }
    }
    for (int w = 0; w < from.length; w++) {
      stations.get(w).sleep(from[w]);
    }
    for (Stage.Placed placed : stage.groups()) {
      boolean isSum = Solo.isSum(placed.placement(), groups.of(placed.group()));
      at(isSum ? latest(placed.placement(), from) : 0, () -> begin(placed, () -> {}));
    }
    wake();
    clock.run(limit);
  }

  /**
   * Has a group trained whose rows are there.
   *
   * @param done hears of its end
   */
  void begin(Stage.Placed placed, Runnable done) {
    Demand group = groups.of(placed.group());
    if (placed.placement() instanceof Placement.Whole whole) {
      double seconds = groups.seconds(placed.group());
      stations.get(whole.owner()).own(seconds, groups.stepSeconds(placed.group()), done);
    } else if (placed.placement() instanceof Placement.Spread spread) {
      spread(group, spread, done);
    } else {
      boolean sumsBatches = placed.placement() instanceof Placement.Summed;
      new Course(this, group, placed.placement(), done).start(sumsBatches);
    }
  }

  private void at(double start, Runnable action) {
    if (start > clock.now()) {
      clock.at(start, action);
    } else {
      action.run();
    }
  }

  /** When all shards have their rows, which sums need. */
  private static double latest(Placement placement, double[] from) {
    double latest = 0;
    for (Shard shard : Solo.shards(placement)) {
      latest = Math.max(latest, from[shard.worker()]);
    }
    return latest;
  }

  private void spread(Demand group, Placement.Spread spread, Runnable done) {
    List<Demand.OfChain> tasks = group.tasks();
    int[] missing = {tasks.size()};
    for (int t = 0; t < tasks.size(); t++) {
      Demand.OfChain task = tasks.get(t);
      int worker = spread.workers().get(t);
      double message = codec(task.stateBytes()) + awakening();
      Runnable heard =
          () -> {
            missing[0]--;
            if (missing[0] == 0) {
              end(group, spread, done);
            }
          };
      Runnable trained = () -> send(worker, spread.owner(), 1, task.stateBytes(), heard);
      stations.get(worker).own(task.seconds() + message, task.seconds() / task.count(), trained);
    }
  }

  /** All tasks of a group are done. */
  private void end(Demand group, Placement.Spread spread, Runnable done) {
    double seconds = 0;
    for (Demand.OfChain task : group.tasks()) {
      seconds += codec(task.stateBytes()) + 2 * awakening();
    }
    for (Demand.OfChain chain : group.last()) {
      seconds += chain.seconds();
    }
    stations.get(spread.owner()).request(seconds, done);
  }

  double now() {
    return clock.now();
  }

  /** Workers that are idle look for something to do. */
  void wake() {
    stations.forEach(Station::goOn);
  }

  Station station(int worker) {
    return stations.get(worker);
  }

  /** Sends so many messages of a size as one. */
  void send(int from, int to, long together, double size, Runnable arrival) {
    links.send(from, to, together, size, arrival);
  }

  /** A thread that has read a message wakes the one that waits for it. */
  void whenAwake(Runnable action) {
    at(clock.now() + awakening(), action);
  }

  /** Seconds that a core of one machine takes to bring a message to a thread. */
  private double awakening() {
    return cluster.isOneMachine() ? Cluster.WAKE : 0;
  }

  /** So many messages of a size were sent. */
  void sent(double number, double size) {
    links.count(number, size);
  }

  /** Steps wait for partials. */
  void sync(long steps) {
    syncs += steps;
  }

  double codec(double bytes) {
    return cluster.machine().codecSeconds(bytes);
  }

  /** Seconds to pack rows, or to unpack them. */
  double packing(double bytes) {
    return cluster.machine().packingSeconds(bytes);
  }
}
