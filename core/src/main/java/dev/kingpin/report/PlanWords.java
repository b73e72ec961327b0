package dev.kingpin.report;

import dev.kingpin.data.GroupKey;
import dev.kingpin.plan.Cluster;
import dev.kingpin.store.RunHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Costs and clusters in words. */
final class PlanWords {
  /** Stands for a number that nobody knows. */
  static final String UNKNOWN = "?";

  private static final double SHORT = 9.95;
  private static final double LONG = 48 * 3600;
  private static final int BITS = 8;

  private PlanWords() {}

  /** A time from nanoseconds to days. */
  static String seconds(double seconds) {
    if (Double.isNaN(seconds)) {
      return UNKNOWN;
    }
    if (seconds >= LONG) {
      return Numbers.significant(seconds / (24 * 3600), 2) + " days";
    }
    if (seconds >= SHORT || seconds == 0) {
      return seconds == 0 ? "0 s" : Numbers.duration(seconds);
    }
    if (seconds >= 1) {
      return Numbers.significant(seconds, 2) + " s";
    }
    boolean isMilli = seconds >= 0.9995e-3;
    return Numbers.significant(seconds * (isMilli ? 1e3 : 1e6), 2) + (isMilli ? " ms" : " µs");
  }

  static String bytes(double bytes) {
    return Double.isNaN(bytes)
        ? UNKNOWN
        : Double.isInfinite(bytes) ? "no limit" : Numbers.bytes(Math.round(bytes));
  }

  /** {@code 1.8}, {@code 23}: how many times as much. */
  static String times(double times) {
    return Double.isNaN(times) ? UNKNOWN : Numbers.significant(times, times < 9.95 ? 2 : 3);
  }

  /** How many times as much was measured as estimated; unknown if one of them is. */
  static String ratio(double estimated, double measured) {
    return times(estimated == measured ? 1 : estimated == 0 ? Double.NaN : measured / estimated);
  }

  /** {@code 12 G/s}. */
  static String rate(double perSecond) {
    double giga = perSecond / 1e9;
    return Numbers.significant(giga, 3) + " G/s";
  }

  static String cluster(Cluster cluster) {
    Cluster.Network network = cluster.network();
    return Numbers.count(cluster.size(), "worker")
        + (cluster.size() > 1 ? " that share nothing, " : ", ")
        + workers(cluster)
        + bandwidth(network.bandwidth())
        + ", "
        + seconds(network.latency())
        + " latency"
        + (Double.isInfinite(network.source())
            ? ""
            : ", rows from a source of " + bandwidth(network.source()))
        + (cluster.isOneMachine() ? ", " + cluster.atWork() + " of them at work at a time" : "");
  }

  /** {@code 2 of them at work at a time}: how workers run on one machine. */
  static String oneMachine(Cluster cluster) {
    String messages = "messages through its memory";
    return cluster.cores() < cluster.size()
        ? Numbers.count(cluster.cores()) + " of them at work at a time, " + messages
        : messages;
  }

  private static String workers(Cluster cluster) {
    List<Cluster.Worker> workers = cluster.workers();
    double least = workers.stream().mapToDouble(Cluster.Worker::memory).min().orElse(0);
    double most = workers.stream().mapToDouble(Cluster.Worker::memory).max().orElse(0);
    double slowest = workers.stream().mapToDouble(Cluster.Worker::speed).min().orElse(1);
    double fastest = workers.stream().mapToDouble(Cluster.Worker::speed).max().orElse(1);
    String speed =
        slowest == fastest
            ? slowest == 1 ? "" : "speed " + times(slowest) + ", "
            : "speeds " + times(slowest) + " to " + times(fastest) + ", ";
    if (Double.isInfinite(most) && Double.isInfinite(least)) {
      return speed;
    }
    String memory = least == most ? bytes(most) : bytes(least) + " to " + bytes(most);
    return speed + memory + (cluster.size() > 1 ? " each, " : ", ");
  }

  private static String bandwidth(double bytes) {
    double mega = bytes * BITS / 1e6;
    return mega < 999.5
        ? Numbers.significant(mega, 2) + " Mbit/s"
        : Numbers.significant(mega / 1e3, 2) + " Gbit/s";
  }

  /** {@code all rows}, {@code 12 families of country}, {@code 323 groups by country, store}. */
  static String level(RunHeader header, int level, int levels, int size) {
    List<String> columns = header.query().groupBy();
    if (level == levels - 1) {
      return Numbers.count(size, "group") + " by " + String.join(", ", columns);
    }
    return level == 0
        ? "all rows"
        : Numbers.count(size)
            + (size == 1 ? " family" : " families")
            + " by "
            + String.join(", ", columns.subList(0, level));
  }

  static String name(RunHeader header, GroupKey key) {
    return RunWords.name(header, key);
  }

  static Map<String, @Nullable Object> tree(Cluster cluster) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("workers", cluster.size());
    tree.put("cores", cluster.atWork());
    tree.put("bandwidth_bytes_per_second", cluster.network().bandwidth());
    tree.put("latency_seconds", cluster.network().latency());
    tree.put("source_bytes_per_second", cluster.network().source());
    tree.put("speeds", cluster.workers().stream().map(Cluster.Worker::speed).toList());
    tree.put("memory_bytes", cluster.workers().stream().map(Cluster.Worker::memory).toList());
    return tree;
  }
}
