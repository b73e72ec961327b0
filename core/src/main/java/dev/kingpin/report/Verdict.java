package dev.kingpin.report;

import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demands;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Terms;
import dev.kingpin.store.RunHeader;
import org.jspecify.annotations.Nullable;

/** Why a candidate was not chosen: what forbids it, or what makes it slower. */
final class Verdict {
  /** Times that differ by a smaller part are equal. */
  private static final double TIE = 2e-3;

  /** The share of a worker's time from which on a group is what keeps it. */
  private static final double MOST = 0.5;

  /** How many times as many bytes are more than the rows themselves. */
  private static final double MORE = 1.1;

  private final Explanation.OnCluster plan;
  private final String largest;
  private final double largestSeconds;

  Verdict(RunHeader header, Explanation.OnCluster plan) {
    this.plan = plan;
    int number = 0;
    int at = 0;
    double most = -1;
    for (Demands level : plan.demands()) {
      for (int g = 0; g < level.size(); g++, number++) {
        if (level.seconds(g) > most) {
          most = level.seconds(g);
          at = number;
        }
      }
    }
    largestSeconds = most;
    largest = PlanWords.name(header, plan.workload().of(at).key());
  }

  /** In words; empty for the one that is chosen. */
  String of(Candidate candidate) {
    @Nullable Candidate chosen = plan.decision().chosen();
    @Nullable Simulation simulation = candidate.simulation();
    if (chosen != null && candidate.strategy().equals(chosen.strategy())) {
      return candidate.problem() == null ? "" : candidate.problem();
    }
    if (candidate.problem() != null) {
      return candidate.problem();
    }
    if (simulation == null || chosen == null || chosen.simulation() == null) {
      return PlanWords.UNKNOWN;
    }
    double times = simulation.seconds() / chosen.seconds();
    if (times < 1 - TIE) {
      return plan.asked().equals(Strategies.AUTO)
          ? "faster as played, which the plan could not know"
          : "faster, but not asked for";
    }
    if (times <= 1 + TIE) {
      return "no faster";
    }
    return longer(times) + ": " + cause(candidate, simulation, chosen.simulation());
  }

  private static String longer(double times) {
    return times < 1.995
        ? Numbers.percent(times - 1) + " longer"
        : PlanWords.times(times) + " times as long";
  }

  /** The term that differs most. */
  private String cause(Candidate candidate, Simulation simulation, Simulation chosen) {
    Terms terms = Terms.of(simulation);
    Terms best = Terms.of(chosen);
    double load = terms.load() - best.load();
    double work = terms.work() - best.work();
    double uneven = terms.uneven() - best.uneven();
    double waiting = terms.waiting() - best.waiting();
    double most = Math.max(Math.max(load, work), Math.max(uneven, waiting));
    boolean isLargest = !cuts(candidate) && largestSeconds > MOST * (terms.work() + terms.uneven());
    if (isLargest && (most == uneven || most == load)) {
      return "the largest group (" + largest + ") keeps one worker";
    }
    if (most == uneven) {
      return "one worker has more to do than others";
    }
    if (most == load) {
      return simulation.loadBytes() > MORE * chosen.loadBytes()
          ? "rows are sent to several workers"
          : "one worker loads more rows than others";
    }
    return most == work ? "more work to start and to pack messages" : wait(simulation);
  }

  /** Whether it cuts groups, the largest before others. */
  private static boolean cuts(Candidate candidate) {
    return candidate.stages().stream()
        .flatMap(s -> s.groups().stream())
        .anyMatch(
            p ->
                p.placement() instanceof Placement.Cut
                    || p.placement() instanceof Placement.Summed);
  }

  private String wait(Simulation simulation) {
    Cluster.Network network = plan.cluster().network();
    double latency = simulation.syncs() * 2 * network.latency();
    double sending = simulation.bytes() / network.bandwidth();
    if (simulation.syncs() == 0 && simulation.messages() == 0) {
      return "workers wait for the largest group (" + largest + ")";
    }
    return sending > latency
        ? "the network is busy with " + PlanWords.bytes(simulation.bytes())
        : "workers wait in " + Numbers.count(simulation.syncs(), "sync");
  }
}
