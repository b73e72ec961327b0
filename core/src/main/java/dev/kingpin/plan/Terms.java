package dev.kingpin.plan;

import java.util.Arrays;

/**
 * Where the seconds of a plan go; together about all of them.
 *
 * @param load until rows are where they belong
 * @param work what workers do, on average
 * @param uneven how much longer the busiest worker has to do
 * @param waiting for messages and for others
 */
public record Terms(double load, double work, double uneven, double waiting) {
  public static Terms of(Simulation simulation) {
    double most = Arrays.stream(simulation.busySeconds()).max().orElse(0);
    double mean = Arrays.stream(simulation.busySeconds()).average().orElse(0);
    double load = simulation.loadSeconds();
    double waiting = Math.max(0, simulation.seconds() - load - most);
    return new Terms(load, mean, most - mean, waiting);
  }
}
