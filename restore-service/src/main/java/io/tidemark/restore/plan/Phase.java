package io.tidemark.restore.plan;

/** In which order sorts of steps are taken: objects before links, links before policies, deletions last. */
enum Phase {
    UNDELETE,
    CREATE,
    PREPARE,
    PATCH,
    ADD_LINKS,
    REMOVE_LINKS,
    ROLES,
    UNDELETE_POLICIES,
    POLICIES,
    DELETE
}
