/** Messages that the indexer could not index and gave back to the queue. */
export const NOT_INDEXED = "notIndexed";
