package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.Pattern;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.Steps;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What workers send to one another, by formulas.
 *
 * <ul>
 *   <li>A group that lies whole on one worker takes nothing.
 *   <li>Of a group in k shards, each step of a chain that sums takes k - 1 requests and as many
 *       partials, and waits once, whatever the number of its configs.
 *   <li>A chain that hops goes k times from shard to shard in each epoch, but once less if it
 *       starts where a shard begins; it comes from the owner, and goes back to it.
 *   <li>Where batches are summed, each batch is such a step.
 *   <li>A model task takes one message there and one back.
 *   <li>At the end, all workers but the owner are told to forget the group.
 * </ul>
 *
 * How many steps there are, and how large, is what they were when the group was trained alone.
 */
public final class Formulas {
  private static final int HEADER = 17;
  private static final int INT = 4;

  /** Of a chain under way, beside its state: which one, its fits, where it stands. */
  private static final int VISIT = 5 * INT + 1;

  /** What messages are for. */
  public enum Part {
    /** The way down of chains that sum: weights, to every other shard. */
    REQUESTS,
    /** The way up: sums, from every other shard. */
    PARTIALS,
    /** States of tasks that are to be trained elsewhere. */
    BEGUN,
    /** States of chains that hop, or of tasks that are done. */
    STATES,
    /** Both ways: the constant model, and the scores of all models. */
    SCORES,
    /** A group is done. */
    ENDS
  }

  private final TrainJob job;
  private final Map<Part, Long> bytes = new EnumMap<>(Part.class);
  private final Map<Part, Long> messages = new EnumMap<>(Part.class);
  private long syncs;
  private long crossings;

  private Formulas(TrainJob job) {
    this.job = job;
  }

  /**
   * The formulas of a plan.
   *
   * @param alone what each group was measured to ask for
   */
  static Formulas of(TrainJob job, List<Stage> stages, List<Demand> alone) {
    List<Family> families = TestStages.families(job);
    Formulas sums = new Formulas(job);
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        Demand demand = alone.get(placed.group());
        if (placed.placement() instanceof Placement.Cut cut) {
          sums.cut(cut, demand);
        } else if (placed.placement() instanceof Placement.Summed summed) {
          sums.batches(summed, demand);
        } else if (placed.placement() instanceof Placement.Spread spread) {
          sums.spread(spread, families.get(placed.group()));
        } else if (!(placed.placement() instanceof Placement.Whole)) {
          throw new IllegalArgumentException("There is no formula for " + placed.placement());
        }
        sums.end(placed.placement());
      }
    }
    return sums;
  }

  // ---------------------------------------------------------------- cut groups

  private void cut(Placement.Cut cut, Demand demand) {
    int hopping = (int) job.chains().stream().filter(Formulas::hops).count();
    for (int c = 0; c < job.chains().size(); c++) {
      Chain chain = job.chains().get(c);
      OfChain alone = demand.chains().get(c);
      if (hops(chain)) {
        for (List<Fit> bundle : bundles(chain.fits(), hopping, cut.shards().size())) {
          hop(cut, StochasticState.of(job, bundle), 0, start(alone, demand));
        }
      } else {
        alone.steps().forEach(s -> models(cut, demand, s, chain.fits().size()));
      }
    }
    for (OfChain last : demand.last()) {
      if (last.pattern() == Pattern.SEQUENTIAL) {
        hop(cut, refit(last), 1, start(last, demand));
      } else {
        last.steps().forEach(s -> steps(cut, demand, s, Part.SCORES, Part.SCORES));
      }
    }
  }

  /** Of the winner on all rows, whose sums are known already. */
  private StochasticState refit(OfChain alone) {
    List<Fit> any = job.chains().get(0).fits().subList(0, 1);
    return StochasticState.of(job, any).learning(alone.steps().size() - 1);
  }

  static boolean hops(Chain chain) {
    return chain.pattern() == Pattern.SEQUENTIAL;
  }

  /** As many bundles of fits as there are shards, shared among the chains that hop. */
  private static List<List<Fit>> bundles(List<Fit> fits, int chains, int shards) {
    int count = Math.min(fits.size(), (shards + chains - 1) / chains);
    List<List<Fit>> bundles = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      bundles.add(fits.subList(fits.size() * b / count, fits.size() * (b + 1) / count));
    }
    return bundles;
  }

  private static int start(OfChain chain, Demand group) {
    return (int) Math.round(chain.start() * group.virtualShards());
  }

  private void models(Placement placement, Demand group, Steps step, int fits) {
    steps(placement, group, step, Part.REQUESTS, Part.PARTIALS);
    crossings += 2L * others(placement).size() * step.times() * fits;
  }

  private void steps(Placement placement, Demand group, Steps step, Part down, Part up) {
    int others = others(placement).size();
    double partials = 0;
    for (Shard shard : Introduction.shards(placement)) {
      if (shard.worker() != placement.owner()) {
        partials += step.partialBytes();
        partials += step.sharedBytes() * share(placement, shard, group.blocks());
      }
    }
    long messages = step.times() * others;
    add(down, messages, Math.round(messages * step.requestBytes()));
    add(up, messages, Math.round(step.times() * partials));
    syncs += others > 0 ? step.times() : 0;
  }

  /** Of the row blocks of a group, those that a shard has. */
  private static double share(Placement placement, Shard shard, int blocks) {
    List<Shard> shards = Introduction.shards(placement);
    int pieces = shards.get(shards.size() - 1).to();
    long from = (long) blocks * shard.from() / pieces;
    long to = (long) blocks * shard.to() / pieces;
    return (double) (to - from) / blocks;
  }

  // ---------------------------------------------------------------- summed batches

  private void batches(Placement.Summed summed, Demand demand) {
    for (int c = 0; c < job.chains().size(); c++) {
      int fits = job.chains().get(c).fits().size();
      demand.chains().get(c).steps().forEach(s -> models(summed, demand, batches(s), fits));
    }
    for (OfChain last : demand.last()) {
      last.steps().forEach(s -> steps(summed, demand, batches(s), Part.SCORES, Part.SCORES));
    }
  }

  private static Steps batches(Steps step) {
    long times = step.times() * step.batches();
    double shared = step.sharedBytes();
    return new Steps(times, 0, 0, 0, step.requestBytes(), step.partialBytes(), shared, 1);
  }

  // ---------------------------------------------------------------- chains that hop

  /**
   * A chain hops from shard to shard, and is back at its owner at the end.
   *
   * @param first epoch: 0, or 1 if the rows have been counted before
   * @param start the virtual shard in which its epochs start
   */
  private void hop(Placement.Cut cut, StochasticState state, int first, int start) {
    List<Shard> shards = cut.shards();
    int at = 0;
    while (shards.get(at).to() <= start) {
      at++;
    }
    boolean isWithin = shards.get(at).from() < start;
    int end = isWithin ? at : (at + shards.size() - 1) % shards.size();
    visits(state, first, shards.get(at).worker() == cut.owner() ? 0 : 1);
    for (int epoch = first; epoch <= state.last(); epoch++) {
      visits(state, epoch, isWithin || epoch > first ? shards.size() : shards.size() - 1);
    }
    if (shards.get(end).worker() != cut.owner()) {
      done(state.bytes(state.last()), state.fits());
    }
  }

  private void visits(StochasticState state, int epoch, int count) {
    long size = HEADER + VISIT + INT * state.fits() + state.bytes(epoch);
    add(Part.STATES, count, count * size);
    crossings += (long) count * state.fits();
  }

  private void done(long state, int fits) {
    add(Part.STATES, 1, HEADER + state);
    crossings += fits;
  }

  // ---------------------------------------------------------------- model tasks

  private void spread(Placement.Spread spread, Family family) {
    int task = 0;
    for (Chain chain : job.chains()) {
      List<Chain> parts = job.query().learner().parts(chain);
      for (Chain part : parts.isEmpty() ? List.of(chain) : parts) {
        if (spread.workers().get(task++) != spread.owner()) {
          task(part, family);
        }
      }
    }
  }

  private void task(Chain part, Family family) {
    long begun;
    long done;
    if (hops(part)) {
      StochasticState state = StochasticState.of(job, part.fits());
      begun = state.bytes(0);
      done = state.bytes(state.last());
    } else {
      TrainedAlone alone = TrainedAlone.of(job, family, part);
      begun = alone.begun();
      done = alone.done();
    }
    int fits = part.fits().size();
    add(Part.BEGUN, 1, HEADER + VISIT + (long) INT * fits + begun);
    crossings += fits;
    done(done, fits);
  }

  // ---------------------------------------------------------------- sums

  private void end(Placement placement) {
    int others = others(placement).size();
    add(Part.ENDS, others, (long) HEADER * others);
  }

  /** All workers that have a part of a group, but its owner. */
  private static Set<Integer> others(Placement placement) {
    Set<Integer> others = new TreeSet<>();
    Introduction.shards(placement).forEach(s -> others.add(s.worker()));
    if (placement instanceof Placement.Spread spread) {
      others.addAll(spread.workers());
    }
    others.remove(placement.owner());
    return others;
  }

  private void add(Part part, long count, long size) {
    messages.merge(part, count, Long::sum);
    bytes.merge(part, size, Long::sum);
  }

  /** Of messages for one purpose, headers included. */
  public long bytes(Part part) {
    return bytes.getOrDefault(part, 0L);
  }

  /** Headers included. */
  public long bytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Messages for one purpose. */
  public long messages(Part part) {
    return messages.getOrDefault(part, 0L);
  }

  /** All of them. */
  public long messages() {
    return messages.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How often models cross, each fit of a chain with each message of the chain. */
  public long crossings() {
    return crossings;
  }

  /** Steps that wait for answers of other workers. */
  public long syncs() {
    return syncs;
  }
}
