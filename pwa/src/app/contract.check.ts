import type { Device, Me } from "../accounts/queries";
import type { Product, ProductItem, ProductPage, Shop } from "../catalog/model";
import type { Quote } from "../catalog/quote";
import type { Payment, Placed } from "../checkout/queries";
import type { LanePage } from "../lanes/view";
import type { NextStep } from "../orders/forward";
import type { Order } from "../orders/model";
import type { components } from "../platform/contract";
import type { ProblemBody } from "../platform/http";
import type { BatchPage, SellerBatch } from "../sell/queries";
import type { SyncReply } from "../sync/protocol";

type Schemas = components["schemas"];

/** What the server sends: it writes every member, null where there is nothing. */
type Sent<T> = T extends (infer Each)[]
  ? Sent<Each>[]
  : T extends object
    ? { [Member in keyof T]-?: Sent<Exclude<T[Member], undefined>> }
    : T;

/** Compiles only while all that the app reads is in what the contract sends. */
type Reads<App, Contract extends App> = [App, Contract];

/** Members of a reply whose shape the design tells, not the contract. */
type Free = "outcomes" | "changes" | "reset";

/** The app's own shapes beside those of the API's document: a change that parts them fails the type check. */
export type Agreed = [
  Reads<ProductItem, Sent<Schemas["ProductItem"]>>,
  Reads<ProductPage, Sent<Schemas["ProductPage"]>>,
  Reads<Product, Sent<Schemas["ProductDetail"]>>,
  Reads<Shop, Sent<Schemas["Shop"]>>,
  Reads<Quote, Sent<Schemas["Quote"]>>,
  Reads<Placed, Sent<Schemas["CheckoutPlaced"]>>,
  Reads<Payment, Sent<Schemas["Payment"]>>,
  Reads<Order, Sent<Schemas["OrderDetail"]>>,
  Reads<LanePage, Sent<Schemas["LanePage"]>>,
  Reads<NextStep, Sent<Schemas["NextStep"]>>,
  Reads<SellerBatch, Sent<Schemas["SellerBatch"]>>,
  Reads<BatchPage, Sent<Schemas["SellerBatchPage"]>>,
  Reads<Me, Sent<Schemas["Me"]>>,
  Reads<Device, Sent<Schemas["DeviceItem"]>>,
  Reads<Omit<SyncReply, Free>, Omit<Sent<Schemas["SyncReply"]>, Free>>,
  Reads<ProblemBody, Sent<Schemas["ProblemBody"]>>,
];
