#!/usr/bin/env python3
"""Writes the two fact tables of the simulator from the public Graph documents:

    derive_tables.py METADATA.xml PERMISSIONS.json RESOURCE_FOLDER

schema.json: properties of the entity types that have a kind table, of the complex types they use, and enum members.
permissions.txt: method, path, application permissions, delegated permissions; for the paths of the kind tables.
"""
import json
import re
import sys
import xml.etree.ElementTree as ET

ENTITIES = """user group application servicePrincipal device administrativeUnit directoryRole directoryRoleTemplate
orgContact organization domain subscribedSku conditionalAccessPolicy namedLocation ipNamedLocation countryNamedLocation
authenticationStrengthPolicy authenticationContextClassReference unifiedRoleDefinition unifiedRoleAssignment
appRoleAssignment oAuth2PermissionGrant federatedIdentityCredential extensionProperty directoryAudit signIn
authorizationPolicy identitySecurityDefaultsEnforcementPolicy groupSetting groupSettingTemplate contract
unifiedRoleEligibilitySchedule unifiedRoleEligibilityScheduleRequest unifiedRoleAssignmentSchedule
unifiedRoleAssignmentScheduleRequest crossTenantAccessPolicyConfigurationDefault
crossTenantAccessPolicyConfigurationPartner authenticationMethodsPolicy claimsMappingPolicy tokenLifetimePolicy
tokenIssuancePolicy homeRealmDiscoveryPolicy agreement agentUser agentIdentity agentIdentityBlueprint
agentIdentityBlueprintPrincipal riskDetection riskyUser subscription
authenticationMethodModeDetail conditionalAccessTemplate authenticationMethodTarget authenticationStrengthUsage
crossTenantAccessPolicy crossTenantIdentitySyncPolicyPartner multiTenantOrganizationIdentitySyncPolicyTemplate
multiTenantOrganizationPartnerConfigurationTemplate permissionGrantPolicy permissionGrantConditionSet
adminConsentRequestPolicy tenantAppManagementPolicy appManagementPolicy activityBasedTimeoutPolicy
featureRolloutPolicy deviceRegistrationPolicy authenticationFlowsPolicy
organizationalBranding organizationalBrandingLocalization certificateBasedAuthConfiguration internalDomainFederation
agreementFile agreementFileLocalization agreementFileVersion agreementAcceptance
accessPackageCatalog accessPackage accessPackageResource accessPackageResourceRole accessPackageResourceScope
accessPackageResourceRoleScope accessPackageAssignmentPolicy accessPackageAssignment accessPackageAssignmentRequest
accessPackageSubject connectedOrganization entitlementManagementSettings accessPackageResourceRequest
accessPackageResourceEnvironment approval approvalStage customExtensionStageSetting
deviceCompliancePolicyAssignment deviceComplianceScheduledActionForRule deviceComplianceActionItem
deviceComplianceDeviceStatus deviceComplianceUserStatus deviceComplianceDeviceOverview deviceComplianceUserOverview
settingStateDeviceSummary deviceConfigurationAssignment deviceConfigurationDeviceStatus
deviceConfigurationUserStatus deviceConfigurationDeviceOverview deviceConfigurationUserOverview deviceCategory
b2xIdentityUserFlow userFlowLanguageConfiguration userFlowLanguagePage identityUserFlowAttributeAssignment
identityApiConnector identityProvider provisioningObjectSummary riskyServicePrincipal servicePrincipalRiskDetection
riskyUserHistoryItem riskyServicePrincipalHistoryItem userRegistrationDetails accessReviewScheduleDefinition
accessReviewInstance onPremisesDirectorySynchronization
recovery snapshot recoveryChangeObjectBase
synchronization synchronizationJob synchronizationTemplate synchronizationSchema directoryDefinition bulkUpload
remoteDesktopSecurityConfiguration targetDeviceGroup approvedClientApp longRunningOperation
phoneAuthenticationMethod emailAuthenticationMethod passwordAuthenticationMethod fido2AuthenticationMethod
microsoftAuthenticatorAuthenticationMethod windowsHelloForBusinessAuthenticationMethod softwareOathAuthenticationMethod
temporaryAccessPassAuthenticationMethod platformCredentialAuthenticationMethod externalAuthenticationMethod
licenseDetails profilePhoto openTypeExtension schemaExtension groupLifecyclePolicy onPremisesSyncBehavior
resourceSpecificPermissionGrant unifiedRoleEligibilityScheduleInstance unifiedRoleAssignmentScheduleInstance
unifiedRoleManagementPolicy unifiedRoleManagementPolicyAssignment unifiedRoleManagementPolicyApprovalRule
unifiedRoleManagementPolicyExpirationRule unifiedRoleManagementPolicyEnablementRule
unifiedRoleManagementPolicyNotificationRule unifiedRoleManagementPolicyAuthenticationContextRule
privilegedAccessGroupEligibilitySchedule privilegedAccessGroupEligibilityScheduleInstance
privilegedAccessGroupEligibilityScheduleRequest privilegedAccessGroupAssignmentSchedule
privilegedAccessGroupAssignmentScheduleInstance privilegedAccessGroupAssignmentScheduleRequest scopedRoleMembership
attributeSet customSecurityAttributeDefinition allowedValue bitlockerRecoveryKey deviceLocalCredentialInfo invitation
delegatedPermissionClassification
authenticationStrengthRoot authenticationMethodsRoot identityUserFlowAttribute""".split()

# Types that come with everything that descends from them.
FAMILIES = """authenticationCombinationConfiguration authenticationMethodConfiguration authenticationMethodTarget
domainDnsRecord accessPackageQuestion customCalloutExtension deviceCompliancePolicy deviceConfiguration
identityProviderBase identityUserFlowAttribute authenticationEventListener authenticationEventsFlow
recoveryJobBase""".split()

PREFIXES = """users groups applications serviceprincipals devices administrativeunits directory directoryroles
directoryroletemplates contacts organization domains subscribedskus identity/conditionalaccess policies
rolemanagement/directory oauth2permissiongrants auditlogs directoryobjects groupsettings groupsettingtemplates
agreements identityprotection subscriptions contracts identity identityproviders identitygovernance
devicemanagement/devicecompliancepolicies devicemanagement/deviceconfigurations devicemanagement/devicecategories
reports/authenticationmethods informationprotection/bitlocker invitations schemaextensions
grouplifecyclepolicies""".split()

NS = "{http://docs.oasis-open.org/odata/ns/edm}"


def schema(path):
    root = ET.parse(path).getroot()
    types, enums = {}, {}
    # The main namespace first: it keeps its names.
    for space in sorted(root.iter(NS + "Schema"), key=lambda s: s.get("Namespace") != "microsoft.graph"):
        for t in space:
            if t.tag in (NS + "EntityType", NS + "ComplexType"):
                types.setdefault(t.get("Name"), t)
            elif t.tag == NS + "EnumType":
                enums.setdefault(t.get("Name"), t)
    wanted, done = list(ENTITIES) + list(FAMILIES), {}
    children = {}
    for t in types.values():
        if t.get("BaseType"):
            children.setdefault(t.get("BaseType").split(".")[-1], []).append(t.get("Name"))
    used_enums = {}
    families = set(FAMILIES)
    while wanted:
        name = wanted.pop()
        if name in done or name not in types:
            continue
        node = types[name]
        entry = {}
        if node.get("BaseType"):
            entry["base"] = node.get("BaseType").split(".")[-1]
            wanted.append(entry["base"])
        if node.get("OpenType") == "true":
            entry["open"] = True
        properties = {}
        for p in node.findall(NS + "Property"):
            kind = p.get("Type")
            many = kind.startswith("Collection(")
            inner = kind[11:-1] if many else kind
            inner = inner.split(".")[-1]
            if inner in types:
                wanted.append(inner)
            if inner in enums:
                e = enums[inner]
                used_enums[inner] = {
                    "flags": e.get("IsFlags") == "true",
                    "members": [m.get("Name") for m in e.findall(NS + "Member")],
                }
            text = ("[" + inner + "]") if many else inner
            if p.get("Nullable") == "false":
                text += "!"
            properties[p.get("Name")] = text
        entry["properties"] = properties
        if node.tag == NS + "ComplexType" or name in FAMILIES or entry.get("base") in families:
            families.add(name)
            wanted.extend(children.get(name, []))
        navigation = {}
        for p in node.findall(NS + "NavigationProperty"):
            kind = p.get("Type")
            many = kind.startswith("Collection(")
            inner = (kind[11:-1] if many else kind).split(".")[-1]
            navigation[p.get("Name")] = ("[" + inner + "]") if many else inner
        if navigation:
            entry["navigation"] = navigation
        done[name] = entry
    return {"types": dict(sorted(done.items())), "enums": dict(sorted(used_enums.items()))}


# Workloads that hang on users, groups and organizations in Graph and are no part of a directory.
ELSEWHERE = """activities adhoccalls analytics calendar calendargroups calendars calendarview chats cloudclipboard cloudlicensing
cloudpcs communications contactfolders contacts conversations datasecurityandgovernance distributionlists drive drives
employeeexperience endpoints events exportdeviceandappmanagementdata followedsites inferenceclassification informationprotection
insights joinedteams mailboxsettings mailfolders managedappregistrations manageddevices me messages mobileappintentandstates notes onenote
onlinemeetings outlook planner presence profile recommendations remotedesktopsecurityconfiguration responsibilities security
sendmail sites solutions synchronization tasks team teamwork tenantgovernance threads todo
wipeandblockmanagedapps""".split()


def elsewhere(path):
    steps = path.split("/")
    at = 2 if steps[0] in ("users", "groups") and len(steps) > 2 else 1
    return len(steps) > at and re.sub(r"[(:].*", "", steps[at]) in ELSEWHERE


def permissions(path):
    document = json.load(open(path))["permissions"]
    table = {}
    for permission, entry in document.items():
        for group in entry.get("pathSets", []):
            schemes = group.get("schemeKeys", [])
            for method in group.get("methods", []):
                for template, detail in group.get("paths", {}).items():
                    plain = template.strip("/").lower()
                    if not any(plain == p or plain.startswith((p + "/", p + "(")) for p in PREFIXES):
                        continue
                    if elsewhere(plain):
                        continue
                    plain = re.sub(r"\{[^}]*\}", "{id}", plain)
                    row = table.setdefault((plain, method), {"Application": set(), "DelegatedWork": set()})
                    also = re.search(r"alsoRequires=([^;]*)", detail)
                    for scheme in schemes:
                        if scheme in row:
                            row[scheme].add(permission + ("+" + also.group(1).replace(",", "+") if also else ""))
    lines = []
    for (plain, method), row in sorted(table.items()):
        lines.append("%s /%s A=%s D=%s" % (
            method, plain, ",".join(sorted(row["Application"])), ",".join(sorted(row["DelegatedWork"]))))
    return lines


def main():
    metadata, permission_map, folder = sys.argv[1:4]
    with open(folder + "/schema.json", "w") as out:
        tables = schema(metadata)
        out.write('{"types": {\n')
        out.write(",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in tables["types"].items()))
        out.write('\n},\n"enums": {\n')
        out.write(",\n".join(json.dumps(k) + ": " + json.dumps(v) for k, v in tables["enums"].items()))
        out.write("\n}}\n")
    with open(folder + "/permissions.txt", "w") as out:
        out.write("\n".join(permissions(permission_map)) + "\n")


if __name__ == "__main__":
    main()
