package dev.kingpin.engine;

import dev.kingpin.data.GroupStats;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.BatchTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import dev.kingpin.learner.Work;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Steps;
import dev.kingpin.plan.VirtualShards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rows of a group in this JVM, and a look at the clock whenever they are asked: what each chain
 * and its parts ask of a cluster.
 */
final class WatchedField implements Field {
  private static final double NANOS_A_SECOND = 1e9;

  private static final int MESSAGE = BatchSizes.MESSAGE;

  /** The state of the rows that a request names. */
  private static final int STATE_KEY = 8;

  /** Of the row blocks that a partial tells of. */
  private static final int COUNT = 4;

  private final LocalField field;
  private final Function<Chain, Work> work;
  private final List<OfChain> chains = new ArrayList<>();
  private final List<OfChain> last = new ArrayList<>();
  private List<Steps> steps = new ArrayList<>(); // of the chain that runs
  private double start; // of its epochs
  private boolean isOpen;
  private boolean isJudged;
  private long heardAt;
  private double row;
  private double ordering; // seconds
  private long request;
  private long partial;

  WatchedField(LocalField field, Function<Chain, Work> work) {
    this.field = field;
    this.work = work;
  }

  /** What the chains that are done ask for, in their order. */
  List<OfChain> chains() {
    return chains;
  }

  /** Seconds in which rows were put in the order of visits. */
  double ordering() {
    return ordering;
  }

  /** What comes after all of these: scores, the refit. */
  List<OfChain> last() {
    return last;
  }

  /** What a chain asks for that is trained on no other account. */
  <S> OfChain alone(Trainer<S> trainer, Chain chain) {
    S state = trainer.begin(chain, stats(), null);
    if (trainer instanceof AggregateTrainer<S, ?, ?> aggregate) {
      steps(aggregate, chain, state);
    } else if (trainer instanceof SequentialTrainer<S> sequential) {
      epochs(sequential, chain, state, s -> {});
    }
    return measured(chain, () -> trainer.snapshot(state));
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
      last.add(OfChain.measured(Pattern.ALGEBRAIC, List.of(scores), 0, 0));
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
    start = 0;
    request = 0;
    return field.open(width);
  }

  @Override
  public void close(StateKey state) {
    step();
    isOpen = false;
    field.close(state);
  }

  @Override
  public void ended(Chain chain, Supplier<byte[]> state) {
    (isJudged ? last : chains).add(measured(chain, state));
  }

  private OfChain measured(Chain chain, Supplier<byte[]> state) {
    double bytes = MESSAGE + state.get().length;
    return OfChain.measured(chain.pattern(), steps, bytes, start);
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
    start = (double) trainer.startShard(chain, shards) / shards;
    steps = epochs;
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
