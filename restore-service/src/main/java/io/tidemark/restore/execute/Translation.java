package io.tidemark.restore.execute;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.RestoreStep;

/** Puts the ids that things have now into a step. */
public final class Translation {

    private Translation() {}

    public static RestoreStep follow(RestoreStep step, IdMap ids) {
        if (ids.isEmpty()) {
            return step;
        }
        ObjectRef object = follow(step.object(), ids);
        if (step instanceof RestoreStep.Create create) {
            return new RestoreStep.Create(create.object(), ids.follow(create.body()), create.appId());
        }
        if (step instanceof RestoreStep.PatchProperties patch) {
            return new RestoreStep.PatchProperties(object, ids.follow(patch.patch()), patch.before());
        }
        if (step instanceof RestoreStep.SetManager manager) {
            return new RestoreStep.SetManager(object, follow(manager.manager(), ids), manager.before());
        }
        if (step instanceof RestoreStep.RemoveManager manager) {
            return new RestoreStep.RemoveManager(object, manager.before());
        }
        if (step instanceof RestoreStep.AddLinks links) {
            return new RestoreStep.AddLinks(
                    links.kind(),
                    object.id(),
                    links.targets().stream().map(target -> follow(target, ids)).toList(),
                    links.reading());
        }
        if (step instanceof RestoreStep.RemoveLink link) {
            return new RestoreStep.RemoveLink(link.kind(), object.id(), follow(link.target(), ids));
        }
        return step instanceof RestoreStep.SoftDelete ? new RestoreStep.SoftDelete(object) : step;
    }

    private static ObjectRef follow(ObjectRef object, IdMap ids) {
        return new ObjectRef(object.kind(), follow(object.id(), ids));
    }

    private static ObjectId follow(ObjectId id, IdMap ids) {
        return new ObjectId(ids.follow(id.value()));
    }
}
