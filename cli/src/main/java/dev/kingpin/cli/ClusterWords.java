package dev.kingpin.cli;

import dev.kingpin.PlanOptions;
import dev.kingpin.data.InputException;
import dev.kingpin.engine.Walls;
import dev.kingpin.plan.Amounts;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Rates;
import dev.kingpin.plan.Strategies;
import dev.kingpin.store.ClusterFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The words that say on what a run is planned. */
final class ClusterWords {
  private static final int MOST_WORKERS = 100_000;

  /** On one machine, where each has threads of its own. */
  private static final int MOST_HERE = 64;

  @Option(names = "--workers", paramLabel = "N", description = "Workers that share nothing.")
  private @Nullable Integer workers;

  @Option(
      names = "--worker-memory",
      paramLabel = "SIZE",
      description = "What each worker may hold, such as 64GB. Default: no limit.")
  private @Nullable String memory;

  @Option(
      names = "--network",
      paramLabel = "SPEED",
      description = "Of the link of each worker, such as 10Gbit or 500Mbit. Default: 10Gbit.")
  private @Nullable String network;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      description = "Of a message, such as 50us or 1ms. Default: 50us.")
  private @Nullable String latency;

  @Option(
      names = "--source-network",
      paramLabel = "SPEED",
      description = {
        "Of where the table lies, for all workers together.",
        "Default: as fast as all links."
      })
  private @Nullable String source;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description = {
        "A cluster described in JSON, such as {\"bandwidth\": \"10Gbit\", \"workers\":",
        "[{\"count\": 6, \"memory\": \"64GB\"}, {\"speed\": 0.5}, {\"slowdown\": 4}]}."
      })
  private @Nullable Path file;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = {
        "Of workers: auto (the cheapest), gtp, gtp-fifo, mtp, dp, sp, mop, gl",
        "or gl-equal. Default: auto."
      })
  private @Nullable String strategy;

  @Option(
      names = "--machine",
      paramLabel = "FILE",
      description = {
        "How fast a core is, as kingpin machine writes it.",
        "Default: as it was measured here, else usual rates."
      })
  private @Nullable Path machine;

  private String strategy() {
    return strategy == null ? Strategies.AUTO : strategy;
  }

  /** Whether workers that share nothing are meant. */
  boolean isCluster() {
    return workers != null || file != null;
  }

  /**
   * On what to plan.
   *
   * @param threads of this machine, if no workers are named
   * @throws InputException if the words make no sense together
   */
  PlanOptions options(Map<String, String> environment, int threads) {
    Strategies.named(strategy());
    Rates rates = MachineFiles.rates(machine, environment);
    if (file != null) {
      refuse("says already what --cluster FILE says", "leave one of them out.", true);
      ClusterFile.Described cluster = ClusterFile.read(file, rates.machine());
      return PlanOptions.onCluster(cluster.planned(), rates.origin(), strategy())
          .playedOn(cluster.real());
    }
    if (workers == null) {
      refuse("is for workers that share nothing", "add --workers 4.", false);
      return PlanOptions.onThreads(rates, threads);
    }
    return PlanOptions.onCluster(cluster(workers, rates), rates.origin(), strategy());
  }

  /**
   * The workers that a run is to have; nothing for threads that share memory.
   *
   * @param isExplained whether what the run takes is set beside estimates
   * @throws InputException if the words make no sense together, or for one machine
   */
  Optional<Walls> walls(Map<String, String> environment, int threads, boolean isExplained) {
    if (file != null) {
      throw new InputException(
          "--cluster (" + file + ") describes other machines. Maybe use kingpin simulate.");
    }
    if (workers == null && machine != null && !isExplained) {
      throw new InputException(
          "--machine ("
              + machine
              + ") is for workers that share nothing, or for --analyze. Maybe add --workers 4.");
    }
    if (workers != null && workers < 1) {
      throw new InputException("Cannot train on (" + workers + ") workers. Maybe use --workers 4.");
    }
    if (workers != null && workers > MOST_HERE) {
      throw new InputException(
          "Cannot run ("
              + workers
              + ") workers on one machine, at most "
              + MOST_HERE
              + ". Maybe use kingpin simulate.");
    }
    Cluster cluster = options(environment, threads).cluster();
    return Optional.ofNullable(cluster).map(c -> new Walls(c, strategy()));
  }

  /** How fast a core is. */
  Rates rates(Map<String, String> environment) {
    return MachineFiles.rates(machine, environment);
  }

  private Cluster cluster(int count, Rates rates) {
    if (count < 1 || count > MOST_WORKERS) {
      throw new InputException("Cannot plan for (" + count + ") workers. Maybe use --workers 4.");
    }
    double bytes =
        memory == null ? Double.POSITIVE_INFINITY : Amounts.bytes("--worker-memory", memory);
    Cluster.Network usual = Cluster.Network.TEN_GIGABIT;
    double bandwidth =
        network == null ? usual.bandwidth() : Amounts.bandwidth("--network", network);
    double seconds = latency == null ? usual.latency() : Amounts.seconds("--latency", latency);
    double together =
        source == null ? usual.source() : Amounts.bandwidth("--source-network", source);
    return Cluster.of(
        rates.machine(),
        count,
        new Cluster.Worker(1, bytes),
        new Cluster.Network(bandwidth, seconds, together));
  }

  /** Refuses words that have no meaning beside others, or without them. */
  private void refuse(String why, String advice, boolean isFile) {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    words.put("--worker-memory", memory);
    words.put("--network", network);
    words.put("--latency", latency);
    words.put("--source-network", source);
    words.put("--workers", workers);
    words.put("--strategy", isFile ? null : strategy);
    words.forEach(
        (word, value) -> {
          if (value != null) {
            throw new InputException(word + " (" + value + ") " + why + ". Maybe " + advice);
          }
        });
  }
}
