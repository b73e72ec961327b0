package dev.kingpin.report;

import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Explanation;
import dev.kingpin.plan.Simulation;
import dev.kingpin.plan.Strategies;
import dev.kingpin.store.RunHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there was to choose from, and what decided. */
final class CandidateTable {
  private final Explanation.OnCluster plan;
  private final Verdict verdict;

  CandidateTable(RunHeader header, Explanation.OnCluster plan) {
    this.plan = plan;
    verdict = new Verdict(header, plan);
  }

  /** The others, the fastest first. */
  String rejected(Page page) {
    TextTable table =
        new TextTable()
            .texts("rejected")
            .numbers("time")
            .numbers("loaded")
            .numbers("sent")
            .numbers("fullest")
            .texts("why");
    for (Candidate candidate : sorted(plan.rejected())) {
      @Nullable Simulation simulation = candidate.simulation();
      table.row().cell(candidate.strategy());
      if (simulation == null) {
        table.cell(PlanWords.UNKNOWN).cell("").cell("").cell("");
      } else {
        table
            .cell(PlanWords.seconds(simulation.seconds()))
            .cell(PlanWords.bytes(simulation.loadBytes()))
            .cell(PlanWords.bytes(simulation.bytes()))
            .cell(PlanWords.bytes(simulation.peakByte()));
      }
      table.cell(verdict.of(candidate));
    }
    return table.render(page);
  }

  /** All, the fastest first. */
  String comparison(Page page) {
    TextTable table =
        new TextTable()
            .texts("strategy")
            .numbers("time")
            .numbers("speed-up")
            .numbers("busy")
            .numbers("loaded")
            .numbers("sent")
            .numbers("messages")
            .numbers("syncs")
            .numbers("fullest")
            .texts("");
    for (Candidate candidate : sorted(plan.decision().candidates())) {
      boolean isChosen = isChosen(candidate);
      Tone tone = isChosen ? Tone.STRONG : Tone.PLAIN;
      table.row().cell(candidate.strategy(), tone);
      cells(table, candidate.simulation());
      String why = verdict.of(candidate);
      String choice = plan.asked().equals(Strategies.AUTO) ? "chosen by auto" : "as asked";
      table.cell(isChosen ? choice + (why.isEmpty() ? "" : "; " + why) : why, tone);
    }
    return table.render(page);
  }

  private void cells(TextTable table, @Nullable Simulation simulation) {
    if (simulation == null) {
      table.cell(PlanWords.UNKNOWN);
      for (int c = 0; c < 7; c++) {
        table.cell("");
      }
      return;
    }
    table
        .cell(PlanWords.seconds(simulation.seconds()))
        .cell(PlanWords.times(plan.alone() / simulation.seconds()))
        .cell(Numbers.percent(simulation.utilisation()))
        .cell(PlanWords.bytes(simulation.loadBytes()))
        .cell(PlanWords.bytes(simulation.bytes()))
        .cell(Numbers.count(simulation.messages()))
        .cell(Numbers.count(simulation.syncs()))
        .cell(PlanWords.bytes(simulation.peakByte()));
  }

  private boolean isChosen(Candidate candidate) {
    @Nullable Candidate chosen = plan.decision().chosen();
    return chosen != null && chosen.strategy().equals(candidate.strategy());
  }

  /** The chosen one, then possible ones by time, then the others. */
  private List<Candidate> sorted(List<Candidate> candidates) {
    List<Candidate> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.comparing((Candidate c) -> !isChosen(c))
            .thenComparing(c -> c.problem() != null)
            .thenComparingDouble(Candidate::seconds));
    return sorted;
  }

  List<Map<String, @Nullable Object>> tree() {
    List<Map<String, @Nullable Object>> trees = new ArrayList<>();
    for (Candidate candidate : sorted(plan.decision().candidates())) {
      @Nullable Simulation simulation = candidate.simulation();
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("strategy", candidate.strategy());
      tree.put("chosen", isChosen(candidate));
      tree.put("possible", candidate.problem() == null);
      String why = verdict.of(candidate);
      tree.put("why_not", why.isEmpty() ? null : why);
      tree.put("seconds", candidate.seconds());
      if (simulation != null) {
        tree.put("speed_up", plan.alone() / simulation.seconds());
        tree.put("utilisation", simulation.utilisation());
        tree.put("load_seconds", simulation.loadSeconds());
        tree.put("load_bytes", simulation.loadBytes());
        tree.put("bytes", simulation.bytes());
        tree.put("messages", simulation.messages());
        tree.put("syncs", simulation.syncs());
        tree.put("peak_bytes", simulation.peakByte());
      }
      trees.add(tree);
    }
    return trees;
  }
}
