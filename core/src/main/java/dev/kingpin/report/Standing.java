package dev.kingpin.report;

/**
 * How a contender does over all groups with a model.
 *
 * @param contender who
 * @param metric over all their validation rows, or the median over groups if that has no meaning
 * @param gain the share of its error that the groups' own models take off; 0 for these
 * @param best in how many groups nobody does better; equals count for each
 */
public record Standing(Contender contender, double metric, double gain, int best) {}
