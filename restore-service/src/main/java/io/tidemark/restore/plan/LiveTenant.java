package io.tidemark.restore.plan;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Reads the tenant as it is now. Every answer is complete: what could not be read is an exception, never something missing. */
public interface LiveTenant {

    /** Where each of the objects is: there, in the recycle bin or gone. Every one asked for has an entry. */
    Map<ObjectRef, LiveObject> read(Collection<ObjectRef> objects);

    /** Those of the objects that are there, without a look into the recycle bin. */
    Map<ObjectRef, JsonObject> present(Collection<ObjectRef> objects);

    /** The targets of a relation for each of the sources, all of which are there. */
    Map<ObjectId, Set<ObjectId>> targets(LinkKind kind, Collection<ObjectId> sources);

    /** The objects that could have been created with this body: those whose natural key or name it has. */
    Map<ObjectRef, JsonObject> alike(ObjectKind kind, JsonObject body);

    /** The groups that an account is in, also through other groups. */
    Set<String> groupsOf(String account);

    /** All objects of a kind. */
    Map<ObjectRef, JsonObject> all(ObjectKind kind);
}
