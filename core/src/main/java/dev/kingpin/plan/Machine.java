package dev.kingpin.plan;

import dev.kingpin.learner.Work;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How fast one core is.
 *
 * @param flops operations a second, by kind of work
 * @param memory bytes of rows read a second
 * @param start seconds that it takes to begin a request on a shard
 * @param codec bytes a second that are turned into messages, or back
 */
public record Machine(Map<Work.Kind, Double> flops, double memory, double start, double codec) {
  /** A core of a server of the year 2023. */
  public static final Machine USUAL =
      new Machine(
          Map.of(
              Work.Kind.COUNTS, 2e9,
              Work.Kind.PRODUCTS, 40e9,
              Work.Kind.SCORES, 12e9,
              Work.Kind.UPDATES, 6e9,
              Work.Kind.HISTOGRAMS, 4e9,
              Work.Kind.SOLVING, 6e9),
          12e9,
          10e-6,
          1e9);

  public Machine {
    flops = Map.copyOf(new EnumMap<>(flops));
    for (Work.Kind kind : Work.Kind.values()) {
      if (!(flops.getOrDefault(kind, 0.0) > 0)) {
        throw new IllegalArgumentException("No rate for " + kind);
      }
    }
  }

  /** Seconds for operations of a kind that read so many bytes of rows: whichever takes longer. */
  double seconds(Work.Kind kind, double operations, double bytes) {
    double rate = Objects.requireNonNull(flops.get(kind));
    return Math.max(operations / rate, bytes / memory);
  }

  /** Seconds to write a message, or to read one. */
  double codecSeconds(double bytes) {
    return bytes / codec;
  }

  /** Seconds to turn rows into a message or back: each byte is read once and written once. */
  double packingSeconds(double bytes) {
    return start + 2 * bytes / memory;
  }
}
