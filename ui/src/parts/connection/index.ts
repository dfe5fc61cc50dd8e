// What more than one page needs to handle a connection and its key.
export { ChangeKey, type ChangeKeyProps } from "./ChangeKey";
export { connectWords, fieldOf } from "./failures";
export { isServer, trimKey } from "./key";
export { ConnectionQuestion, type ConnectionQuestionProps } from "./ConnectionQuestion";
