package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.data.ShardRows;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.BatchTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Demand.Steps;
import dev.kingpin.plan.Planner;
import dev.kingpin.plan.VirtualShards;
import dev.kingpin.store.GroupSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Trains groups alone and measures what they ask of a cluster: the seconds of every step on the
 * rows and at the owner, and the bytes that its request and its partial would be as messages.
 */
public final class Pilot {
  private static final double NANOS_A_SECOND = 1e9;

  private static final int MESSAGE = BatchSizes.MESSAGE;

  /** The state of the rows that a request names. */
  private static final int STATE_KEY = 8;

  /** Of the row blocks that a partial tells of. */
  private static final int COUNT = 4;

  private final TrainJob job;
  private final GroupSink sink;
  private final boolean isSplit;
  private final Workspace workspace = new Workspace(Kernels.best());

  /**
   * @param sink hears what becomes of the groups
   */
  public Pilot(TrainJob job, GroupSink sink) {
    this(job, sink, job.plan().hasFamilies());
  }

  /**
   * @param isSplit whether rows have been put into their folds
   */
  Pilot(TrainJob job, GroupSink sink, boolean isSplit) {
    this.job = job;
    this.sink = sink;
    this.isSplit = isSplit;
  }

  private Scans scans() {
    return new Scans() {
      @Override
      public Workspace workspace() {
        return workspace;
      }

      @Override
      public <Q, P> P scan(RowScan<Q, P> scan, Q request, GroupRows rows, RowState rowState) {
        P partial = scan.partial(request, null);
        for (int b = 0; b < rows.blocks(); b++) {
          RowBlock block = rows.block(b);
          scan.accumulate(request, block, rowState, partial, workspace);
        }
        return partial;
      }
    };
  }

  /** Trains a group whose ancestors need not be known, and tells what it took. */
  public Demand measure(Family family) {
    return whole(family).withParts(parts(family));
  }

  /** The same without the parts of its chains. */
  Demand whole(Family family) {
    GroupRows rows = job.table().rows(family);
    Watch watch = watch(rows);
    sink.done(new GroupTraining(job, family, new Kin(), sink, watch, Double.MAX_VALUE).train());
    boolean weighted = rows.rows() > 0 && rows.block(0).weight() != null;
    boolean hops = job.chains().stream().anyMatch(c -> c.pattern() == Pattern.SEQUENTIAL);
    double rowBytes = ShardRows.rowBytes(job.table().features(), weighted) * (hops ? 2.0 : 1.0);
    return new Demand(
        Math.max(1, rows.blocks()),
        VirtualShards.of(rows.rows()),
        rowBytes * rows.rows(),
        watch.ordering,
        watch.chains,
        watch.last);
  }

  /** Trains the parts of the chains of a group that was trained before. */
  List<OfChain> parts(Family family) {
    Watch watch = watch(job.table().rows(family));
    Learner learner = job.query().learner();
    List<OfChain> parts = new ArrayList<>();
    for (Chain chain : job.chains()) {
      for (Chain part : learner.parts(chain)) {
        parts.add(watch.alone(learner.trainer(part), part));
      }
    }
    return parts;
  }

  private Watch watch(GroupRows rows) {
    GroupShape shape = Planner.shape(job.table(), rows.rows());
    Learner learner = job.query().learner();
    LocalField field = new LocalField(rows, scans(), job.query().query(), isSplit);
    return new Watch(field, chain -> learner.work(shape, chain));
  }

  /** Looks at the clock whenever rows are asked. */
  private static final class Watch implements Field {
    private final LocalField field;
    private final Function<Chain, Work> work;
    private final List<OfChain> chains = new ArrayList<>();
    private final List<OfChain> last = new ArrayList<>();
    private List<Steps> steps = new ArrayList<>();
    private boolean isOpen;
    private boolean isJudged;
    private long heardAt;
    private double row;
    private double ordering; // seconds
    private long request;
    private long partial;

    Watch(LocalField field, Function<Chain, Work> work) {
      this.field = field;
      this.work = work;
    }

    /** A chain that is trained alone. */
    <S> OfChain alone(Trainer<S> trainer, Chain chain) {
      S state = trainer.begin(chain, stats(), null);
      if (trainer instanceof AggregateTrainer<S, ?, ?> aggregate) {
        steps(aggregate, chain, state);
      } else if (trainer instanceof SequentialTrainer<S> sequential) {
        epochs(sequential, chain, state, s -> {});
      }
      OfChain measured = chains.remove(chains.size() - 1);
      double bytes = MESSAGE + trainer.snapshot(state).length;
      return OfChain.measured(measured.pattern(), measured.steps(), bytes, measured.start());
    }

    private <S, Q, P> void steps(AggregateTrainer<S, Q, P> trainer, Chain chain, S state) {
      StateKey key = open(trainer.rowStateWidth(chain));
      for (Q next = trainer.ask(state); next != null; next = trainer.ask(state)) {
        trainer.tell(state, scan(trainer, next, key), workspace());
      }
      close(key);
    }

    @Override
    public <Q, P> P scan(RowScan<Q, P> scan, Q asked, StateKey state) {
      if (isOpen) {
        step();
      }
      long start = System.nanoTime();
      P answer = field.scan(scan, asked, state);
      row = (System.nanoTime() - start) / NANOS_A_SECOND;
      request = MESSAGE + STATE_KEY + BatchSizes.length(out -> scan.writeRequest(asked, out));
      partial = MESSAGE + BatchSizes.length(out -> scan.writePartial(asked, answer, out));
      heardAt = System.nanoTime();
      if (!isOpen) {
        isJudged = true;
        double own = partial - MESSAGE - COUNT; // of row blocks
        Steps scores = new Steps(1, row, 0, 0, request, MESSAGE + COUNT, own, 1);
        last.add(chain(List.of(scores), 0, 0));
      }
      return answer;
    }

    /** The step before is over: all since its answer was the owner's work. */
    private void step() {
      if (request > 0) {
        double owner = (System.nanoTime() - heardAt) / NANOS_A_SECOND;
        steps.add(new Steps(1, row, 0, owner, request, partial, 1));
      }
      request = 0;
    }

    @Override
    public StateKey open(int width) {
      isOpen = true;
      steps = new ArrayList<>();
      request = 0;
      return field.open(width);
    }

    @Override
    public void close(StateKey state) {
      step();
      isOpen = false;
      field.close(state);
      (isJudged ? last : chains).add(chain(steps, 0, 0));
    }

    private static OfChain chain(List<Steps> steps, double stateBytes, double start) {
      return OfChain.measured(Pattern.ALGEBRAIC, steps, stateBytes, start);
    }

    @Override
    public <S> void epochs(
        SequentialTrainer<S> trainer, Chain chain, S state, AfterEpoch<S> afterEpoch) {
      List<Steps> epochs = new ArrayList<>();
      long begun = System.nanoTime();
      field.permuted();
      ordering += (System.nanoTime() - begun) / NANOS_A_SECOND;
      Function<S, Steps> next = counted(trainer, chain, epochs);
      Steps[] counts = {next.apply(state)};
      long[] since = {System.nanoTime()};
      field.epochs(
          trainer,
          chain,
          state,
          s -> {
            epochs.add(taking((System.nanoTime() - since[0]) / NANOS_A_SECOND, counts[0]));
            afterEpoch.ended(s);
            if (trainer.wantsEpoch(s)) {
              counts[0] = next.apply(s);
            }
            since[0] = System.nanoTime();
          });
      int shards = VirtualShards.of(rows());
      double start = (double) trainer.startShard(chain, shards) / shards;
      double bytes = MESSAGE + trainer.snapshot(state).length;
      (isJudged ? last : chains).add(OfChain.measured(Pattern.SEQUENTIAL, epochs, bytes, start));
    }

    private static Steps taking(double seconds, Steps counts) {
      return new Steps(
          1, seconds, 0, 0, counts.requestBytes(), counts.partialBytes(), counts.batches());
    }

    /** What the next epoch would send, should the gradients of its batches be summed. */
    private <S> Function<S, Steps> counted(
        SequentialTrainer<S> trainer, Chain chain, List<Steps> before) {
      Optional<BatchTrainer<S, ?, ?>> batches = trainer.batches();
      if (batches.isPresent()) {
        BatchSizes<S, ?, ?> sizes = new BatchSizes<>(batches.get(), field.permuted().folds());
        return sizes::next;
      }
      return state -> {
        Work.Phase phase = phase(chain, before.size());
        double request = MESSAGE + phase.requestBytes();
        return new Steps(1, 0, 0, 0, request, MESSAGE + phase.partialBytes(), phase.batches());
      };
    }

    /** What a learner counts for an epoch. */
    private Work.Phase phase(Chain chain, int epoch) {
      List<Work.Phase> phases = work.apply(chain).phases();
      int before = 0;
      for (Work.Phase phase : phases) {
        before += phase.times();
        if (epoch < before) {
          return phase;
        }
      }
      return phases.get(phases.size() - 1);
    }

    @Override
    public Workspace workspace() {
      return field.workspace();
    }

    @Override
    public GroupStats stats() {
      return field.stats();
    }

    @Override
    public long rows() {
      return field.rows();
    }

    @Override
    public void split() {
      field.split();
    }

    @Override
    public long validationRows() {
      return field.validationRows();
    }

    @Override
    public int[] foldStarts(int fold) {
      return field.foldStarts(fold);
    }

    @Override
    public <S> void replay(AggregateTrainer<S, ?, ?> trainer, Chain chain, S state, StateKey key) {
      field.replay(trainer, chain, state, key);
    }

    @Override
    public Supplier<byte[]> train(Chain chain, byte[] begun) {
      return field.train(chain, begun);
    }
  }
}
