package dev.kingpin.plan;

/**
 * How groups wrap around. A worker that has nothing but a shard waits for others: how far that
 * counts is taken off what it is given.
 *
 * @param steps how far it counts that it waits in every step
 * @param rows how far it counts that it waits for the rows of others
 * @param isLate whether a giant that reaches the last worker comes after all that fits before it
 * @param holdsLargest whether a worker is full only when it holds as much as the largest group
 * @param isEven whether of a group whose chains hop no worker has more than of equal shards
 */
record WrapWay(double steps, double rows, boolean isLate, boolean holdsLargest, boolean isEven) {}
