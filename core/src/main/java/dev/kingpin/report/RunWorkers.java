package dev.kingpin.report;

import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.plan.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each worker, or thread, did in a run.
 *
 * @param played what workers that share nothing were to do; null for threads
 */
record RunWorkers(Measured measured, @Nullable Simulation played) {
  String text(Page page) {
    TextTable table = new TextTable().numbers(played == null ? "thread" : "worker");
    table.numbers("est. busy").numbers("busy").numbers("ratio").numbers("idle");
    if (played != null) {
      table.numbers("est. fullest").numbers("fullest").numbers("sent").numbers("messages");
      table.numbers("syncs");
    }
    List<WorkerAccount> workers = measured.account().workers();
    for (int w = 0; w < workers.size(); w++) {
      List<Figure> figures = figures(w);
      Figure busy = figures.get(0);
      table.row().cell(Integer.toString(w)).cell(busy.estimate()).cell(busy.measurement());
      double idle = 1 - busy.measured() / measured.seconds().training();
      table.cell(busy.ratio()).cell(Numbers.percent(Math.max(0, idle)));
      if (played != null) {
        table.cell(figures.get(1).estimate());
        figures.subList(1, figures.size()).forEach(f -> table.cell(f.measurement()));
      }
    }
    return table.render(page);
  }

  /** An entry a worker, for {@link Json}. */
  List<Map<String, @Nullable Object>> tree() {
    List<Map<String, @Nullable Object>> trees = new ArrayList<>();
    for (int w = 0; w < measured.account().workers().size(); w++) {
      trees.add(Figure.tree(figures(w)));
    }
    return trees;
  }

  /** How long it was busy; of workers that share nothing also what they held and sent. */
  private List<Figure> figures(int number) {
    WorkerAccount worker = measured.account().workers().get(number);
    if (played == null) {
      return List.of(busy(Double.NaN, worker));
    }
    return List.of(
        busy(played.busySeconds()[number], worker),
        Figure.bytes("fullest", "peak_bytes", played.peakBytes()[number], worker.mostBytes()),
        Figure.bytes("sent", "bytes", Double.NaN, worker.bytes()),
        Figure.count("messages", "messages", Double.NaN, worker.messages()),
        Figure.count("syncs", "syncs", Double.NaN, worker.syncs()));
  }

  private static Figure busy(double estimated, WorkerAccount worker) {
    return Figure.seconds("busy", "busy_seconds", estimated, worker.busySeconds());
  }
}
