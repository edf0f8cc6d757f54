package dev.starling.bench;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A step of the build: lets switches over types call a plain method of `instanceof` tests.
///
/// The compiler leaves them to `invokedynamic`, for which every process spins a class of its own at
/// the first use of each, some forty before a download begins, and calls it through method handles,
/// which are slow until the optimizing compiler has come to them. The start-up cache keeps neither.
/// What a switch does stays the same; `docs/decisions/start-up.md` says what this gains.
final class TypeSwitches {

    private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
    private static final MethodTypeDesc TYPE =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object, ConstantDescs.CD_int);

    private TypeSwitches() {}

    /// Rewrites each jar that is named, in its place.
    public static void main(String[] jars) throws IOException {
        Jars.rewrite(jars, TypeSwitches::rewrittenIfPossible);
    }

    /// A class that names types which are not there is left as it is, and does the same.
    private static byte[] rewrittenIfPossible(
            ClassModel type, byte[] content, ClassFile classFile) {
        try {
            return rewritten(type, content, classFile);
        } catch (IllegalArgumentException e) {
            System.err.println(type.thisClass().asInternalName() + " is left as it is: " + e);
            return content;
        }
    }

    static byte[] rewritten(ClassModel type, byte[] content, ClassFile classFile) {
        if (type.methods().stream().noneMatch(TypeSwitches::hasTypeSwitch)) {
            return content;
        }
        Map<String, List<ClassDesc>> made = new TreeMap<>();
        boolean isInterface = type.flags().has(AccessFlag.INTERFACE);
        var calling =
                ClassTransform.transformingMethodBodies(
                        TypeSwitches::hasTypeSwitch,
                        (code, element) -> {
                            if (element instanceof InvokeDynamicInstruction call
                                    && isTypeSwitch(call)) {
                                String name = name(call);
                                made.put(name, labels(call));
                                code.invokestatic(
                                        type.thisClass().asSymbol(), name, TYPE, isInterface);
                            } else {
                                code.with(element);
                            }
                        });
        var adding =
                ClassTransform.endHandler(to ->
                        made.forEach((name, labels) ->
                                to.withMethodBody(
                                        name,
                                        TYPE,
                                        ClassFile.ACC_PRIVATE
                                                | ClassFile.ACC_STATIC
                                                | ClassFile.ACC_SYNTHETIC,
                                        code -> write(labels, code))));
        return classFile.transformClass(type, calling.andThen(adding));
    }

    private static boolean hasTypeSwitch(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element ->
                        element instanceof InvokeDynamicInstruction call && isTypeSwitch(call));
    }

    /// Only those over classes alone: there are no others here.
    private static boolean isTypeSwitch(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().equals(BOOTSTRAPS)
                && call.bootstrapMethod().methodName().equals("typeSwitch")
                && call.typeSymbol().parameterType(0).isClassOrInterface()
                && call.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc);
    }

    private static String name(InvokeDynamicInstruction call) {
        return "typeSwitch$" + call.invokedynamic().bootstrap().bsmIndex();
    }

    private static List<ClassDesc> labels(InvokeDynamicInstruction call) {
        List<ClassDesc> labels = new ArrayList<>();
        for (var label : call.bootstrapArgs()) {
            labels.add((ClassDesc) label);
        }
        return labels;
    }

    /// As [java.lang.runtime.SwitchBootstraps#typeSwitch] has it: the index of the first label from
    /// `restart` on that fits, their number where none does, -1 for null.
    private static void write(List<ClassDesc> labels, CodeBuilder code) {
        code.aload(0)
                .ifThen(Opcode.IFNULL, isNull -> isNull.loadConstant(-1).return_(TypeKind.INT));
        for (int index = 0; index < labels.size(); index++) {
            var next = code.newLabel();
            code.iload(1).loadConstant(index).if_icmpgt(next);
            code.aload(0).instanceOf(labels.get(index)).ifeq(next);
            code.loadConstant(index).return_(TypeKind.INT);
            code.labelBinding(next);
        }
        code.loadConstant(labels.size()).return_(TypeKind.INT);
    }
}
