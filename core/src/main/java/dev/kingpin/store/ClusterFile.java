package dev.kingpin.store;

import dev.kingpin.data.InputException;
import dev.kingpin.data.Spelling;
import dev.kingpin.plan.Amounts;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Cluster.Network;
import dev.kingpin.plan.Cluster.Worker;
import dev.kingpin.plan.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A cluster that is described in a file of JSON:
 *
 * <pre>{@code
 * {"bandwidth": "10Gbit", "latency": "50us", "source": "100Gbit",
 *  "workers": [{"count": 6, "memory": "64GB"},
 *              {"count": 2, "memory": "32GB", "speed": 0.5},
 *              {"count": 1, "slowdown": 4}]}
 * }</pre>
 *
 * All workers together read no more than the source gives of where the table lies; without one, as
 * much as their links take. A worker with a slowdown is a straggler: plans take it for as fast as
 * its speed says, and then it takes so many times as long.
 */
public final class ClusterFile {
  private static final List<String> FIELDS =
      List.of("bandwidth", "latency", "source", "cores", "workers");
  private static final List<String> OF_WORKERS = List.of("count", "memory", "speed", "slowdown");
  private static final int MOST = 100_000;

  private final Path file;
  private final List<Worker> planned = new ArrayList<>();
  private final List<Worker> real = new ArrayList<>();

  private ClusterFile(Path file) {
    this.file = file;
  }

  /**
   * A cluster.
   *
   * @param planned as plans see it
   * @param real with stragglers as slow as they are
   */
  public record Described(Cluster planned, Cluster real) {}

  /**
   * Reads a cluster.
   *
   * @param machine what a worker of speed 1 is
   * @throws InputException if the file is missing or makes no sense
   */
  public static Described read(Path file, Machine machine) {
    return new ClusterFile(file).read(machine);
  }

  private Described read(Machine machine) {
    JsonNode tree = MachineFile.tree("Cluster", file);
    check(tree, FIELDS);
    JsonNode workers = tree.path("workers");
    if (!workers.isArray() || workers.isEmpty()) {
      throw new InputException(
          "Cluster file (%s) has no list of (workers). Maybe add \"workers\": [{\"count\": 4}]."
              .formatted(file));
    }
    workers.forEach(this::add);
    if (tree.has("source") && tree.has("cores")) {
      throw new InputException(
          "Cluster file (%s) has a (source) of workers apart and (cores) of one machine. %s"
              .formatted(file, "Maybe leave one of them out."));
    }
    Network network = network(tree);
    int cores = tree.has("cores") ? (int) number(tree, "cores", 1, 1, MOST) : Cluster.APART;
    return new Described(
        new Cluster(machine, planned, network, cores), new Cluster(machine, real, network, cores));
  }

  private Network network(JsonNode tree) {
    Network usual = Network.TEN_GIGABIT;
    double bandwidth = bandwidth(tree, "bandwidth", usual.bandwidth());
    double latency =
        tree.has("latency")
            ? Amounts.seconds(in("latency"), text(tree, "latency"))
            : usual.latency();
    return new Network(bandwidth, latency, bandwidth(tree, "source", usual.source()));
  }

  private double bandwidth(JsonNode tree, String name, double usual) {
    return tree.has(name) ? Amounts.bandwidth(in(name), text(tree, name)) : usual;
  }

  private void add(JsonNode worker) {
    if (!worker.isObject()) {
      throw new InputException(
          "Cluster file (%s) has (%s) among its workers. Maybe write {\"count\": 4}."
              .formatted(file, worker));
    }
    check(worker, OF_WORKERS);
    double count = number(worker, "count", 1, 1, MOST);
    double speed = number(worker, "speed", 1, 1e-6, 1e6);
    double slowdown = number(worker, "slowdown", 1, 1, 1e6);
    double memory =
        worker.has("memory")
            ? Amounts.bytes(in("memory"), text(worker, "memory"))
            : Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      planned.add(new Worker(speed, memory));
      real.add(new Worker(speed / slowdown, memory));
    }
  }

  private void check(JsonNode tree, List<String> known) {
    for (String name : tree.propertyNames()) {
      if (!known.contains(name)) {
        throw new InputException(
            "Cluster file (%s) has a field (%s) that is unknown. %s"
                .formatted(file, name, Spelling.advice(name, known)));
      }
    }
  }

  private String in(String field) {
    return "Field (" + field + ") of cluster file (" + file + ")";
  }

  private static String text(JsonNode tree, String name) {
    JsonNode value = tree.path(name);
    return value.isString() ? value.asString() : value.toString();
  }

  private double number(JsonNode tree, String name, double usual, double least, double most) {
    JsonNode value = tree.path(name);
    if (value.isMissingNode()) {
      return usual;
    }
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (number >= least && number <= most && (least < 1 || isWhole(name, number))) {
      return number;
    }
    throw new InputException(
        "%s takes a number, not (%s). Maybe write 2.".formatted(in(name), text(tree, name)));
  }

  private static boolean isWhole(String name, double number) {
    return name.equals("slowdown") || number == Math.rint(number);
  }
}
