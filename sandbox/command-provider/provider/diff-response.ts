import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { Change } from "./diff.ts";

const { PropertyDiff, DiffResponse } = provider;

const KINDS = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** Turns a list of changes into the protocol's response. */
export function diffResponse(changes: readonly Change[]): InstanceType<typeof DiffResponse> {
  const response = new DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
  response.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setHasdetaileddiff(true);
  response.setDiffsList(inputsOf(changes));
  response.setReplacesList(inputsOf(changes.filter((change) => change.replaces)));
  for (const change of changes) {
    const property = new PropertyDiff();
    property.setKind(KINDS[change.kind][change.replaces ? 1 : 0]);
    response.getDetaileddiffMap().set(change.path, property);
  }
  return response;
}

function inputsOf(changes: readonly Change[]): string[] {
  return [...new Set(changes.map((change) => change.input))];
}
