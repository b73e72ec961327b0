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
        table.cell(time(candidate)).cell("").cell("").cell("");
      } else {
        table
            .cell(time(candidate))
            .cell(PlanWords.bytes(simulation.loadBytes()))
            .cell(PlanWords.bytes(simulation.bytes()))
            .cell(PlanWords.bytes(simulation.peakByte()));
      }
      table.cell(verdict.of(candidate));
    }
    return table.render(page);
  }

  /** All, the fastest first; and why the others were not chosen. */
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
    TextTable reasons = new TextTable().texts("strategy").texts("why not");
    for (Candidate candidate : sorted(plan.decision().candidates())) {
      boolean isChosen = isChosen(candidate);
      table.row().cell(candidate.strategy(), isChosen ? Tone.STRONG : Tone.PLAIN);
      cells(table, candidate);
      String choice = plan.asked().equals(Strategies.AUTO) ? "chosen by auto" : "as asked";
      table.cell(isChosen ? choice : "", Tone.STRONG);
      String why = verdict.of(candidate);
      if (!why.isEmpty()) {
        reasons.row().cell(candidate.strategy()).cell(why);
      }
    }
    return table.render(page) + "\n" + reasons.render(page);
  }

  private void cells(TextTable table, Candidate candidate) {
    @Nullable Simulation simulation = candidate.simulation();
    if (simulation == null) {
      table.cell(time(candidate));
      return;
    }
    table
        .cell(time(candidate))
        .cell(PlanWords.times(plan.alone() / simulation.seconds()))
        .cell(Numbers.percent(simulation.utilisation()))
        .cell(PlanWords.bytes(simulation.loadBytes()))
        .cell(PlanWords.bytes(simulation.bytes()))
        .cell(Numbers.count(simulation.messages()))
        .cell(Numbers.count(simulation.syncs()))
        .cell(PlanWords.bytes(simulation.peakByte()));
  }

  /** {@code n/a} if it cannot be played, unknown if it was given up. */
  private String time(Candidate candidate) {
    return plan.canRun(candidate) ? PlanWords.seconds(candidate.seconds()) : "n/a";
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
      tree.put("applicable", plan.canRun(candidate));
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
