package dev.kingpin;

import dev.kingpin.data.TableSource;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Rates;
import dev.kingpin.plan.Workload;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.report.PlanReport;
import dev.kingpin.store.ArtifactModels;
import dev.kingpin.store.MemoryModels;
import dev.kingpin.store.RunStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@code GROUP BY} for machine learning: from one table, one tuned model for each group. */
public final class Kingpin {
  private static final String VERSION = "0.1.0";

  private Kingpin() {}

  /** The version of this library, as artifacts name it. */
  public static String version() {
    return VERSION;
  }

  /** Starts to say what is to be trained: a model for each combination of values of columns. */
  public static Training groupBy(String... columns) {
    return new Training(columns);
  }

  /**
   * Trains every group on one thread and measures what it asks of a cluster: of several rounds the
   * one in the middle.
   *
   * @param rounds at least 1
   * @param threads at work at a time: others train groups of the table too, and share its caches
   *     and its memory
   * @return what each group asks for, in the order of their keys
   */
  public static List<Demand> pilot(TrainQuery query, TableSource source, int rounds, int threads) {
    TrainRun run = TrainRun.prepare(query, source, RunOptions.defaults(), RunListener.NONE);
    return run.pilot(rounds, threads);
  }

  /**
   * Trains, and keeps the models in memory.
   *
   * @throws dev.kingpin.data.InputException if the table cannot be used as asked
   */
  public static GroupedModel train(
      TrainQuery query, TableSource source, RunOptions options, RunListener listener) {
    TrainRun run = TrainRun.prepare(query, source, options, listener);
    MemoryModels models = run.memory();
    run.train(models);
    return new GroupedModel(models);
  }

  /**
   * Trains, keeping every finished group in a journal beside {@code out}, and writes the artifact.
   * Killed at any moment, the run can be resumed and ends with the same bytes.
   *
   * @return the artifact, opened
   * @throws dev.kingpin.data.InputException if the table or the place cannot be used as asked
   */
  public static GroupedModel train(
      TrainQuery query, TableSource source, Path out, RunOptions options, RunListener listener) {
    try (RunStore store = RunStore.claim(out, options.resume(), options.overwrite())) {
      TrainRun run = TrainRun.prepare(query, source, options, listener);
      run.train(store, out);
    }
    return new GroupedModel(ArtifactModels.open(out));
  }

  /**
   * Trains as {@link #train(TrainQuery, TableSource, RunOptions, RunListener)} does, and sets what
   * that took beside what it was to take.
   *
   * @param rates of each thread; workers that share nothing have those of their cluster
   * @throws dev.kingpin.data.InputException if the table cannot be used as asked, or no group has
   *     enough rows for a model
   */
  public static Analysis analyze(
      TrainQuery query, TableSource source, RunOptions options, Rates rates, RunListener listener) {
    TrainRun run = TrainRun.prepare(query, source, options, listener);
    PlanOptions.check(run.workload(), run.header());
    MemoryModels models = run.memory();
    double before = Compiling.seconds();
    RunResult result = run.train(models);
    @Nullable PlanReport report = result.report(rates, Compiling.seconds() - before);
    return new Analysis(new GroupedModel(models), report);
  }

  /**
   * Trains as {@link #train(TrainQuery, TableSource, Path, RunOptions, RunListener)} does, and sets
   * what that took beside what it was to take. Groups of an earlier run do not count.
   *
   * @param rates of each thread; workers that share nothing have those of their cluster
   * @throws dev.kingpin.data.InputException if the table or the place cannot be used as asked
   */
  public static Analysis analyze(
      TrainQuery query,
      TableSource source,
      Path out,
      RunOptions options,
      Rates rates,
      RunListener listener) {
    Optional<RunResult> result;
    double before;
    try (RunStore store = RunStore.claim(out, options.resume(), options.overwrite())) {
      TrainRun run = TrainRun.prepare(query, source, options, listener);
      before = Compiling.seconds();
      result = run.train(store, out);
    }
    double compiling = Compiling.seconds() - before;
    @Nullable PlanReport report = result.map(r -> r.report(rates, compiling)).orElse(null);
    if (report == null) {
      listener.note("No group was left that has enough rows for a model: nothing was measured.");
    }
    return new Analysis(new GroupedModel(ArtifactModels.open(out)), report);
  }

  /**
   * Plans a run without training: reads the sizes of all groups, and tells what would be done, at
   * what cost, and instead of what.
   *
   * @throws dev.kingpin.data.InputException if the table cannot be used as asked, or the strategy
   *     cannot run it
   */
  public static PlanReport explain(
      TrainQuery query, TableSource source, PlanOptions options, RunListener listener) {
    TrainRun run = TrainRun.prepareOnly(query, source, RunOptions.defaults(), listener);
    return options.explain(run, run.header(), run.workload());
  }

  /**
   * Plans a run on made-up groups.
   *
   * @param query what {@link MadeUpGroups#query} began
   * @throws dev.kingpin.data.InputException if the query makes no sense, or the strategy cannot run
   *     these groups
   */
  public static PlanReport explain(TrainQuery query, MadeUpGroups groups, PlanOptions options) {
    TrainRun run = groups.run(query);
    Workload workload = groups.workload(run);
    return options.explain(run, groups.header(run, workload), workload);
  }

  /** Measures how fast this machine is, in some seconds; nothing else should run meanwhile. */
  public static Machine measureMachine() {
    return new MachineProbe(MachineProbe.USUAL_SECONDS).measure();
  }
}
