package dev.kingpin.engine.local;

import dev.kingpin.data.GroupRows;
import dev.kingpin.engine.Engine;
import dev.kingpin.engine.FoldDealing;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.Kin;
import dev.kingpin.engine.LocalField;
import dev.kingpin.engine.RunAccount;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Scans;
import dev.kingpin.engine.Threads;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains on the threads of this JVM. Each worker takes the costliest group that is left and trains
 * it alone; a worker that finds a group in work with row blocks to spare helps with those first.
 */
public final class LocalEngine implements Engine {
  @Override
  public String name() {
    return "local";
  }

  @Override
  public RunAccount run(TrainJob job, GroupSink sink, RunOptions options, RunListener listener) {
    Kin kin = new Kin();
    Times times = new Times(options.threads());
    if (job.plan().hasFamilies()) {
      FoldDealing.deal(job, options.threads());
    }
    job.families().forEach(k -> sink.find(k).ifPresent(kin::add));
    for (List<GroupPlan> level : job.plan().levels()) {
      long begun = System.nanoTime();
      run(new Crew(job, kin, sink, options, listener, times), level);
      times.levelEnded(begun);
      job.families().forEach(k -> sink.find(k).ifPresent(kin::add));
    }
    return times.account();
  }

  private static void run(Crew crew, List<GroupPlan> level) {
    WorkBoard board = new WorkBoard(level);
    List<Worker> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < crew.options().threads(); w++) {
      Worker worker = new Worker(crew, board, w);
      workers.add(worker);
      Thread thread = new Thread(worker, "kingpin-worker-" + w);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    // an interrupt lets workers end the groups in work and start no others
    boolean interrupted = Threads.await(threads, board::stop);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Worker worker : workers) {
      worker.rethrow();
    }
    if (interrupted) {
      throw new IllegalStateException("Interrupted while training");
    }
  }

  /** What all workers of a level have in common. */
  private record Crew(
      TrainJob job,
      Kin kin,
      GroupSink sink,
      RunOptions options,
      RunListener listener,
      Times times) {}

  private static final class Worker implements Runnable, Scans {
    private final Crew crew;
    private final WorkBoard board;
    private final int seat;
    private final Workspace workspace = new Workspace(Kernels.best());
    private final Map<Class<?>, Object> partials = new HashMap<>();
    private boolean shared;
    private long helpedNanos; // by others, with the group in work
    private long waitedNanos; // for them
    private @Nullable Throwable failure;

    Worker(Crew crew, WorkBoard board, int seat) {
      this.crew = crew;
      this.board = board;
      this.seat = seat;
    }

    @Override
    public void run() {
      try {
        WorkBoard.Task task;
        while ((task = board.next()) != null) {
          if (task.scan() != null) {
            crew.times().worked(seat, task.scan().help(workspace, seat));
          } else if (task.group() != null) {
            train(task.group());
          }
        }
      } catch (Throwable e) {
        failure = e;
        board.stop();
      }
    }

    void rethrow() {
      Threads.rethrow(failure);
    }

    private void train(GroupPlan plan) {
      try {
        shared = plan.shared() && crew.options().threads() > 1;
        helpedNanos = 0;
        waitedNanos = 0;
        long begun = System.nanoTime();
        TrainedGroup trained =
            new GroupTraining(
                    crew.job(),
                    plan.family(),
                    crew.kin(),
                    crew.sink(),
                    LocalField.of(crew.job(), plan.family(), this),
                    crew.options().snapshotSeconds())
                .train();
        long own = System.nanoTime() - begun - waitedNanos;
        crew.times().worked(seat, own);
        crew.times().ended(trained, own + helpedNanos);
        crew.sink().done(trained);
        crew.job().tell(crew.listener(), trained, plan.cost());
      } finally {
        board.ended();
      }
    }

    @Override
    public Workspace workspace() {
      return workspace;
    }

    @Override
    @SuppressWarnings("unchecked") // a class of scans has one class of partials
    public <Q, P> P scan(RowScan<Q, P> question, Q request, GroupRows rows, RowState rowState) {
      @Nullable P reuse = (P) partials.get(question.getClass());
      P answer;
      if (shared) {
        SharedScan<Q, P> scan =
            new SharedScan<>(question, request, rows, rowState, crew.options().threads());
        board.open(scan);
        try {
          answer = scan.own(reuse, workspace, seat);
        } finally {
          board.close(scan);
          helpedNanos += scan.helpedNanos();
          waitedNanos += scan.waitedNanos();
        }
      } else {
        answer = question.partial(request, reuse);
        for (int b = 0; b < rows.blocks(); b++) {
          question.accumulate(request, rows.block(b), rowState, answer, workspace);
        }
      }
      partials.put(question.getClass(), answer);
      return answer;
    }
  }
}
