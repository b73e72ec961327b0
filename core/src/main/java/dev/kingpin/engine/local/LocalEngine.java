package dev.kingpin.engine.local;

import dev.kingpin.data.GroupRows;
import dev.kingpin.engine.Engine;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Scans;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
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
  public void run(TrainJob job, GroupSink sink, RunOptions options, RunListener listener) {
    WorkBoard board = new WorkBoard(job.plan().groups());
    List<Worker> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < options.threads(); w++) {
      Worker worker = new Worker(job, sink, options, listener, board);
      workers.add(worker);
      Thread thread = new Thread(worker, "kingpin-worker-" + w);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    boolean interrupted = await(threads, board);
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

  /** Waits for all workers; an interrupt lets them end the groups in work and start no others. */
  private static boolean await(List<Thread> threads, WorkBoard board) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          board.stop();
        }
      }
    }
    return interrupted;
  }

  private static final class Worker implements Runnable, Scans {
    private final TrainJob job;
    private final GroupSink sink;
    private final RunOptions options;
    private final RunListener listener;
    private final WorkBoard board;
    private final Workspace workspace = new Workspace(Kernels.best());
    private final Map<Class<?>, Object> partials = new HashMap<>();
    private boolean shared;
    private @Nullable Throwable failure;

    Worker(
        TrainJob job, GroupSink sink, RunOptions options, RunListener listener, WorkBoard board) {
      this.job = job;
      this.sink = sink;
      this.options = options;
      this.listener = listener;
      this.board = board;
    }

    @Override
    public void run() {
      try {
        WorkBoard.Task task;
        while ((task = board.next()) != null) {
          if (task.scan() != null) {
            task.scan().help(workspace);
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
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
    }

    private void train(GroupPlan plan) {
      try {
        shared = plan.shared() && options.threads() > 1;
        TrainedGroup trained =
            new GroupTraining(job, plan.group(), sink, this, options.snapshotSeconds()).train();
        sink.done(trained);
        synchronized (listener) {
          listener.groupDone(trained.key(), trained.outcome(), plan.cost());
        }
      } finally {
        board.ended();
      }
    }

    @Override
    public Workspace workspace() {
      return workspace;
    }

    @Override
    @SuppressWarnings("unchecked") // a trainer class has one class of partials
    public <Q, P> P scan(
        AggregateTrainer<?, Q, P> trainer, Q request, GroupRows rows, RowState rowState) {
      @Nullable P reuse = (P) partials.get(trainer.getClass());
      P answer;
      if (shared) {
        SharedScan<Q, P> scan = new SharedScan<>(trainer, request, rows, rowState);
        board.open(scan);
        try {
          answer = scan.own(reuse, workspace);
        } finally {
          board.close(scan);
        }
      } else {
        answer = trainer.partial(request, reuse);
        for (int b = 0; b < rows.blocks(); b++) {
          trainer.accumulate(request, rows.block(b), rowState, answer, workspace);
        }
      }
      partials.put(trainer.getClass(), answer);
      return answer;
    }
  }
}
