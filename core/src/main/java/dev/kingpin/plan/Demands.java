package dev.kingpin.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the groups of a level ask for, in the order of the table. */
public final class Demands {
  private final List<Demand> groups;
  private final Cluster.Network network;
  private final double[] seconds; // (groups)
  private final double[] weights; // (groups)
  private final double[] beside; // (groups) bytes
  private final double[] steps; // (groups) seconds
  private final int[] largestFirst; // (groups)

  /**
   * @param network that rows come over
   */
  public Demands(List<Demand> groups, Cluster.Network network) {
    this.groups = List.copyOf(groups);
    this.network = network;
    seconds = groups.stream().mapToDouble(Demand::seconds).toArray();
    weights = new double[seconds.length];
    beside = new double[seconds.length];
    steps = new double[seconds.length];
    for (int g = 0; g < weights.length; g++) {
      Demand group = groups.get(g);
      weights[g] = seconds[g] + network.rowSeconds(group.rowBytes());
      beside[g] = group.stateBytes() + group.partialBytes(1);
      steps[g] = seconds[g] / (group.steps() * group.blocks());
    }
    largestFirst =
        IntStream.range(0, groups.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer g) -> weights[g]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
  }

  static Demands concat(List<Demands> levels) {
    return levels.size() == 1
        ? levels.get(0)
        : new Demands(
            levels.stream().flatMap(l -> l.groups.stream()).toList(), levels.get(0).network);
  }

  /** Number of groups. */
  public int size() {
    return groups.size();
  }

  public Demand of(int group) {
    return groups.get(group);
  }

  /** What a group takes on one worker of speed 1. */
  public double seconds(int group) {
    return seconds[group];
  }

  /** Seconds that a worker of speed 1 is occupied with a group, the way of its rows included. */
  double weight(int group) {
    return weights[group];
  }

  /** Bytes that a group needs beside its rows where all of them lie. */
  double beside(int group) {
    return beside[group];
  }

  /** Seconds of a step of a group on a row block. */
  double stepSeconds(int group) {
    return steps[group];
  }

  /** Of all groups. */
  double weight() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /**
   * The costliest groups, and the others in as many bundles as may be: nearly the same to place,
   * and faster. A bundle is like a group that can only stay whole.
   */
  Demands bundled(int largest, int bundles) {
    if (groups.size() <= largest + bundles) {
      return this;
    }
    List<Demand> few = new ArrayList<>();
    for (int i = 0; i < largest; i++) {
      few.add(groups.get(largestFirst[i]));
    }
    for (int b = 0; b < bundles; b++) {
      double work = 0;
      double bytes = 0;
      double steps = 0;
      for (int i = largest + b; i < largestFirst.length; i += bundles) {
        work += seconds[largestFirst[i]];
        bytes += groups.get(largestFirst[i]).rowBytes();
        steps += groups.get(largestFirst[i]).steps();
      }
      few.add(Demand.bundle(work, bytes, steps));
    }
    return new Demands(few, network);
  }

  /** The numbers of groups, the costliest first; equal ones in the order of the table. */
  int[] largestFirst() {
    return largestFirst.clone();
  }
}
