package dev.kingpin.plan;

import dev.kingpin.learner.Pattern;
import dev.kingpin.plan.Demand.OfChain;
import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A group in shards on its way through its chains, in virtual time. Chains that sum take one step
 * after the other: requests go out, partials come back, and with the last one the owner goes on.
 * Chains that hop go from shard to shard, each by itself. The scores and the refit come last.
 */
final class Course {
  /** Steps of one sort that are played one by one; more are taken several at a time. */
  private static final int MOST_STEPS = 64;

  /** Hops of a chain that are played one by one; if there are more, epochs are taken together. */
  private static final int MOST_HOPS = 64;

  private final Simulator world;
  private final Demand group;
  private final List<Shard> shards;
  private final int owner;
  private final Runnable done;
  private final Deque<OfChain> next = new ArrayDeque<>(); // that sum, one after the other
  private final List<OfChain> hopping = new ArrayList<>();
  private int open; // chains that are not done
  private boolean isLast;

  /**
   * @param placement of a group in shards
   * @param done hears of its end
   */
  Course(Simulator world, Demand group, Placement placement, Runnable done) {
    this.world = world;
    this.group = group;
    this.done = done;
    owner = placement.owner();
    shards = Solo.shards(placement);
  }

  /**
   * Begins.
   *
   * @param sumsBatches whether chains that could hop sum the gradients of batches instead
   */
  void start(boolean sumsBatches) {
    List<OfChain> chains = sumsBatches ? summed(group.chains()) : group.courses(shards.size());
    take(chains);
    if (sumsBatches) {
      isLast = true;
      take(summed(group.last()));
    }
    begin();
  }

  private static List<OfChain> summed(List<OfChain> chains) {
    return chains.stream().map(OfChain::summed).toList();
  }

  private void take(List<OfChain> chains) {
    for (OfChain chain : chains) {
      if (chain.pattern() == Pattern.SEQUENTIAL) {
        hopping.add(chain);
      } else {
        next.add(chain);
      }
    }
  }

  private void begin() {
    open = hopping.size() + next.size();
    List<OfChain> hops = List.copyOf(hopping);
    hopping.clear();
    hops.forEach(c -> new Hops(c).start());
    sum();
    if (open == 0) {
      end();
    }
  }

  private void sum() {
    OfChain chain = next.poll();
    if (chain != null) {
      new Sums(chain).go();
    }
  }

  private void isDone() {
    open--;
    if (open == 0) {
      end();
    }
  }

  private void end() {
    if (!isLast && !group.last().isEmpty()) {
      isLast = true;
      take(group.last());
      begin();
      return;
    }
    done.run();
  }

  /** A chain whose partials are summed. */
  private final class Sums {
    private final OfChain chain;
    private int sort;
    private long done; // steps of this sort
    private int missing; // partials of this step

    Sums(OfChain chain) {
      this.chain = chain;
    }

    void go() {
      while (sort < chain.steps().size() && done >= chain.steps().get(sort).times()) {
        sort++;
        done = 0;
      }
      if (sort == chain.steps().size()) {
        isDone();
        sum();
        return;
      }
      Steps steps = chain.steps().get(sort);
      long together = Math.max(1, (steps.times() + MOST_STEPS - 1) / MOST_STEPS);
      together = Math.min(together, steps.times() - done);
      done += together;
      ask(steps, together);
    }

    private void ask(Steps steps, long together) {
      missing = shards.size();
      world.sync(together);
      for (Shard shard : shards) {
        double rows = steps.rowSeconds() * shard.share() + steps.startSeconds();
        boolean isAway = shard.worker() != owner;
        double bytes = steps.requestBytes() + steps.partialBytes(shard.share());
        double seconds = together * (rows + (isAway ? world.codec(bytes) : 0));
        world.send(
            owner,
            shard.worker(),
            together,
            steps.requestBytes(),
            () ->
                world
                    .station(shard.worker())
                    .request(seconds, () -> answer(steps, together, shard)));
      }
    }

    private void answer(Steps steps, long together, Shard from) {
      double bytes = steps.partialBytes(from.share());
      world.send(from.worker(), owner, together, bytes, () -> hear(steps, together));
    }

    private void hear(Steps steps, long together) {
      missing--;
      if (missing == 0) {
        double bytes = 0;
        for (Shard shard : shards) {
          boolean isAway = shard.worker() != owner;
          bytes += isAway ? steps.requestBytes() + steps.partialBytes(shard.share()) : 0;
        }
        double seconds = together * (steps.ownerSeconds() + world.codec(bytes));
        world.whenAwake(() -> world.station(owner).request(seconds, this::go));
      }
    }
  }

  /** A chain that hops: round after round over all shards, its epochs shared out among rounds. */
  private final class Hops {
    private final OfChain chain;
    private final int first;
    private final long epochs;
    private final long rounds;
    private double rowSeconds; // of all epochs, on all rows
    private double startSeconds; // of all epochs, on each shard
    private long round;
    private int hop;

    Hops(OfChain chain) {
      this.chain = chain;
      first = first(chain.start());
      long times = 0;
      for (Steps steps : chain.steps()) {
        times += steps.times();
        rowSeconds += steps.times() * (steps.rowSeconds() + steps.ownerSeconds());
        startSeconds += steps.times() * steps.startSeconds();
      }
      epochs = times;
      rounds = Math.min(times, Math.max(1, MOST_HOPS / shards.size()));
    }

    /** The shard in which a chain starts. */
    private int first(double start) {
      double before = 0;
      for (int s = 0; s < shards.size(); s++) {
        before += shards.get(s).share();
        if (start < before) {
          return s;
        }
      }
      return 0;
    }

    void start() {
      world.send(owner, there(), 1, chain.stateBytes(), this::visit);
    }

    private void visit() {
      if (round == rounds) {
        Course.this.isDone();
        return;
      }
      Shard here = here();
      long together = (round + 1) * epochs / rounds - round * epochs / rounds;
      double part = (double) together / epochs;
      double seconds = part * (rowSeconds * here.share() + startSeconds);
      seconds += together * 2 * world.codec(chain.stateBytes());
      world.station(here.worker()).request(seconds, () -> leave(here.worker(), together));
    }

    private void leave(int here, long together) {
      hop++;
      if (hop == shards.size()) {
        hop = 0;
        round++;
      }
      world.send(here, there(), together, chain.stateBytes(), this::visit);
    }

    private Shard here() {
      return shards.get((first + hop) % shards.size());
    }

    private int there() {
      return round == rounds ? owner : here().worker();
    }
  }
}
